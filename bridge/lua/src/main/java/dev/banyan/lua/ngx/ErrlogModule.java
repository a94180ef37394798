package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.errlog"}; log capturing answers as an nginx without the patch for it. */
final class ErrlogModule {
  private static final int DEBUG = 8;
  private static final String UNPATCHED = "missing the capture error log patch for nginx";

  private ErrlogModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(
        bindings,
        module,
        "set_filter_level",
        (x, args) ->
            Execution.failure(args.arg1().toboolean() ? UNPATCHED : "missing \"level\" argument"));
    add(bindings, module, "get_logs", (x, args) -> Execution.failure(UNPATCHED));
    add(bindings, module, "get_sys_filter_level", (x, args) -> LuaInteger.valueOf(x.logLevel()));
    add(bindings, module, "raw_log", ErrlogModule::rawLog);
    bindings.vm().preload("ngx.errlog", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.errlog:" + name, body));
  }

  private static Varargs rawLog(Execution x, Varargs args) {
    if (!(args.arg1() instanceof LuaNumber number)) {
      throw LuaErrors.raise("bad argument #1 to 'raw_log' (must be a number)");
    }
    if (!(args.arg(2) instanceof LuaString message)) {
      throw LuaErrors.raise("bad argument #2 to 'raw_log' (must be a string)");
    }
    int level = (int) number.todouble();
    if (level < 0 || level > DEBUG) {
      throw LuaErrors.raise("bad log level");
    }
    if (level <= x.logLevel()) {
      x.write(level, "", LuaText.latin1(message));
    }
    return NONE;
  }
}
