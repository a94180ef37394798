package dev.banyan.lua.ngx.json;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeBody;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker: the modules {@code cjson} and {@code cjson.safe}. What Lua code configures
 * holds for the instance that it configures; {@code cjson.new} makes another one.
 */
public final class CjsonModule {
  private final LuaVm vm;
  private final ArrayMarks marks = new ArrayMarks();

  /** The modules of a machine. */
  public CjsonModule(LuaVm vm) {
    this.vm = vm;
  }

  /** Offers the modules to {@code require}. */
  public void open() {
    vm.preload("cjson", () -> newInstance(false));
    vm.preload("cjson.safe", () -> newInstance(true));
  }

  private Table newInstance(boolean safe) {
    JsonConfig config = new JsonConfig();
    JsonEncoder encoder = new JsonEncoder(vm, config, marks);
    Table module = new Table();
    add(module, "encode", safe, args -> encoder.encode(single(args)));
    add(module, "decode", safe, args -> decode(config, args));
    module.rawset("new", NativeFunction.of("new", args -> newInstance(safe)));
    module.rawset("null", NullPointer.NULL);
    module.rawset("empty_array", marks.emptyArray);
    module.rawset("array_mt", marks.arrayMetatable);
    module.rawset("empty_array_mt", marks.emptyArrayMetatable);
    module.rawset("_NAME", LuaText.of("cjson"));
    module.rawset("_VERSION", LuaText.of("2.1.0"));
    new CjsonSettings(config).open(module);
    return module;
  }

  private void add(Table module, String name, boolean safe, NativeBody body) {
    module.rawset(name, NativeFunction.of(name, safe ? args -> guarded(body, args) : body));
  }

  private Varargs guarded(NativeBody body, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.argument(1, "expected 1 argument");
    }
    try {
      return body.call(args);
    } catch (LuaError e) {
      return varargsOf(NIL, withoutPosition(vm.errorValue(e)));
    }
  }

  /** C code that calls C code has no position to put before its errors, and no name. */
  private LuaValue withoutPosition(LuaValue error) {
    String text = LuaText.latin1(error);
    String position = vm.where(1);
    String bare = text.startsWith(position) ? text.substring(position.length()) : text;
    return LuaText.of(bare.replaceFirst("^(bad argument #\\d+ to )'\\w+'", "$1'?'"));
  }

  private static LuaValue single(Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.argument(1, "expected 1 argument");
    }
    return args.arg1();
  }

  private LuaValue decode(JsonConfig config, Varargs args) {
    return new JsonDecoder(config, marks, LuaArgs.checkString(single(args), 1)).decode();
  }
}
