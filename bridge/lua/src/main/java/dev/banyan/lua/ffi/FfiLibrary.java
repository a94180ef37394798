package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeBody;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * LuaJIT's {@code ffi}, as far as data goes: made for a machine when Lua first requires it, or
 * first does something with data of C.
 */
public final class FfiLibrary implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Lazy lazy = new Lazy(vm);
    vm.cdataMetatable(() -> lazy.get().metatable);
    vm.preload("ffi", () -> lazy.get().module);
  }

  /** A pointer to bytes that Java has, which Lua may write to; NULL for no bytes. */
  public static LuaValue pointer(byte[] bytes, int from, int length) {
    CType type = CType.pointer(CType.UNSIGNED_CHAR);
    return length == 0
        ? PointerData.nullPointer(type)
        : new PointerData(type, Memory.of(bytes, from, length), 0);
  }

  /** The bytes that data points to, or is; a failure is that of an argument. */
  public static LuaString octets(LuaValue data, int argument, int size) {
    Conversions conversions = new Conversions(new Addresses(), new Callbacks(new CObjects()));
    PointerData from = conversions.pointer(CType.CONST_VOID_POINTER, data, false, argument);
    return from.memory.string(from.offset, size);
  }

  /** The functions of C that Java implements: all others may be declared, but not called. */
  public static Set<String> functionsOfC() {
    return CFunctions.names();
  }

  /** Owned by one machine: its {@code ffi}, once it is asked for. */
  private static final class Lazy implements Supplier<Lazy.Made> {
    private final LuaVm vm;
    private @Nullable Made made;

    private record Made(Table module, Table metatable) {}

    Lazy(LuaVm vm) {
      this.vm = vm;
    }

    @Override
    public Made get() {
      Made known = made;
      if (known == null) {
        FfiState state = new FfiState(vm);
        Creation creation = new Creation(state);
        known = new Made(module(state, creation), new Operators(state, creation).metatable());
        made = known;
      }
      return known;
    }
  }

  private static Table module(FfiState state, Creation creation) {
    Table ffi = new Table();
    Functions types = new Functions(state, creation);
    MemoryFunctions memory = new MemoryFunctions(state);
    function(ffi, "cdef", types::declare);
    function(ffi, "new", creation::create);
    function(ffi, "cast", creation::cast);
    function(ffi, "typeof", types::typeof);
    function(ffi, "istype", types::istype);
    function(ffi, "sizeof", types::sizeof);
    function(ffi, "alignof", types::alignof);
    function(ffi, "offsetof", types::offsetof);
    function(ffi, "errno", types::errno);
    function(ffi, "string", memory::string);
    function(ffi, "copy", memory::copy);
    function(ffi, "fill", memory::fill);
    function(ffi, "abi", types::abi);
    function(ffi, "metatype", types::metatype);
    function(ffi, "gc", state.finalizers::set);
    function(ffi, "load", FfiLibrary::load);
    ffi.rawset("C", CLibrary.of(state));
    ffi.rawset("os", LuaText.of("Linux"));
    ffi.rawset("arch", LuaText.of("x64"));
    return ffi;
  }

  private static void function(Table ffi, String name, NativeBody body) {
    ffi.rawset(name, NativeFunction.of(name, body));
  }

  private static Varargs load(Varargs args) {
    String name = LuaArgs.checkText(args, 1);
    throw LuaErrors.raise(
        name
            + ": libraries of C are not loaded here: put what it is for into a Java port, or use a"
            + " module that is built in");
  }
}
