package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: {@code ffi.C}, whose constants are there, and a few of its functions. */
final class CLibrary {
  private final FfiState state;
  private final Map<String, FunctionData> functions = new HashMap<>();

  private CLibrary(FfiState state) {
    this.state = state;
  }

  static LuaValue of(FfiState state) {
    CLibrary library = new CLibrary(state);
    Table metatable = new Table();
    metatable.rawset(
        Events.INDEX, NativeFunction.two("__index", (self, name) -> library.get(name)));
    metatable.rawset(
        Events.NEWINDEX,
        NativeFunction.three("__newindex", (self, name, value) -> library.set(name)));
    metatable.rawset(Events.METATABLE, LuaText.of("ffi"));
    return new LuaUserdata(new Object(), metatable);
  }

  private LuaValue get(LuaValue key) {
    String name = LuaText.latin1(key);
    Long constant = state.names.constant(name);
    if (constant != null) {
      return LuaNumbers.of((long) constant);
    }
    CType type = state.names.symbol(name);
    if (type == null) {
      throw undeclared(name);
    }
    CFunction function = CFunctions.named(name);
    if (!type.is(CType.Kind.FUNCTION)) {
      throw refused(name);
    }
    if (function == null) {
      return CFunctions.isOpenSsl(name) ? late(name, type) : raise(name);
    }
    return functions.computeIfAbsent(name, fresh -> new FunctionData(type, function));
  }

  /** Libraries look all functions of OpenSSL up that they know, and call few of them. */
  private LuaValue late(String name, CType type) {
    CFunction refusal = new CFunction(0, c -> raise(name));
    return functions.computeIfAbsent(name, fresh -> new FunctionData(type, refusal));
  }

  private static LuaValue raise(String name) {
    throw refused(name);
  }

  private static RuntimeException refused(String name) {
    return LuaErrors.raise(
        "'"
            + name
            + "' is C's, which is not called here: put what it is for into a Java port, or use a"
            + " module that is built in");
  }

  private LuaValue set(LuaValue key) {
    throw undeclared(LuaText.latin1(key));
  }

  private static RuntimeException undeclared(String name) {
    return LuaErrors.raise("missing declaration for symbol '" + name + "'");
  }
}
