package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code require "ngx.errlog"}. Without {@code lua_capture_error_log} what reads captured lines
 * answers as an nginx that lacks OpenResty's patch for it, which can't have that directive.
 */
final class ErrlogModule {
  private static final int DEBUG = 8;
  private static final int USUALLY = 10;
  private static final CoreParameter LEVEL =
      CoreParameter.integer("level", "ngx_lua_ffi_errlog_set_filter_level", 1);
  private static final String UNPATCHED = "missing the capture error log patch for nginx";

  private ErrlogModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "set_filter_level", ErrlogModule::filter);
    add(bindings, module, "get_logs", ErrlogModule::logs);
    add(bindings, module, "get_sys_filter_level", (x, args) -> LuaInteger.valueOf(x.logLevel()));
    add(bindings, module, "raw_log", ErrlogModule::rawLog);
    bindings.vm().preload("ngx.errlog", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.errlog:" + name, body));
  }

  private static Varargs filter(Execution x, Varargs args) {
    if (!args.arg1().toboolean()) {
      return Execution.failure("missing \"level\" argument");
    }
    int level = LEVEL.number(args.arg1());
    CapturedLog captured = x.worker().capturedLog();
    if (captured == null) {
      return Execution.failure(UNPATCHED);
    }
    if (level < 0 || level > DEBUG) {
      return Execution.failure("bad log level");
    }
    captured.filter(level);
    return TRUE;
  }

  /** Level, time and text of each line, one after the other, with nil after the last one. */
  private static Varargs logs(Execution x, Varargs args) {
    LuaValue given = args.arg(2);
    LuaTable logs = given instanceof LuaTable table ? table : new Table();
    double most = most(args.arg1(), given.toboolean());
    CapturedLog captured = x.worker().capturedLog();
    int count = 0;
    for (int i = 1; i <= most; i++) {
      if (captured == null) {
        return Execution.failure(UNPATCHED);
      }
      if (given.toboolean() && !(given instanceof LuaTable)) {
        throw LuaErrors.raise("attempt to index local 'logs' (a " + given.typename() + " value)");
      }
      CapturedLog.Line line = captured.take();
      if (line != null) {
        logs.rawset(count + 1, LuaInteger.valueOf(line.level()));
        logs.rawset(count + 2, LuaNumbers.of(line.time()));
        logs.rawset(count + 3, LuaText.of(line.text()));
        count += 3;
      }
      if (line == null || i == most) {
        logs.rawset(count + 1, NIL);
        break;
      }
    }
    return given.toboolean() ? given : logs;
  }

  private static double most(LuaValue value, boolean intoTable) {
    if (!value.toboolean()) {
      return USUALLY;
    }
    LuaNumber number = LuaNumbers.parse(value);
    if (number == null) {
      throw LuaErrors.raise(
          intoTable
              ? "'for' limit must be a number"
              : "attempt to perform arithmetic on local 'max' (a " + value.typename() + " value)");
    }
    return number.todouble();
  }

  private static Varargs rawLog(Execution x, Varargs args) {
    if (!(args.arg1() instanceof LuaNumber number)) {
      throw LuaErrors.raise("bad argument #1 to 'raw_log' (must be a number)");
    }
    if (!(args.arg(2) instanceof LuaString message)) {
      throw LuaErrors.raise("bad argument #2 to 'raw_log' (must be a string)");
    }
    int level = LuaArgs.checkInt(number, 1); // what is no number is the least one
    if (level < 0 || level > DEBUG) {
      throw LuaErrors.raise("bad log level");
    }
    if (level <= x.logLevel()) {
      x.write(level, "", LuaText.latin1(message));
    }
    return NONE;
  }
}
