package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.CallerPosition;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Semantics;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code ngx.log} and {@code print}: lines of the error log with the caller's position. */
final class LogApi {
  private static final int NOTICE = 6;
  private static final int DEBUG = 8;
  private static final LuaValue TOSTRING = LuaText.of("__tostring");

  private LogApi() {}

  static void open(Bindings bindings) {
    LuaVm vm = bindings.vm();
    bindings.function(
        "ngx.log",
        (x, args) -> {
          int level = LuaArgs.checkInt(args, 1);
          if (level < 0 || level > DEBUG) {
            throw LuaErrors.argument(1, "bad log level: " + level);
          }
          return write(vm, x, level, args, 2);
        });
    vm.globals()
        .rawset(
            LuaText.of("print"),
            new ApiFunction(vm, NgxApi.entry("print"), (x, args) -> write(vm, x, NOTICE, args, 1)));
  }

  private static Varargs write(LuaVm vm, Execution x, int level, Varargs args, int first) {
    if (level > x.logLevel()) {
      return NONE;
    }
    String place = "[lua] " + position(vm);
    StringBuilder line = new StringBuilder();
    for (int i = first; i <= args.narg(); i++) {
      line.append(text(vm, args.arg(i), i - first + 1));
    }
    x.write(level, place, line.toString());
    return NONE;
  }

  /** {@code file.lua:12: name(): } of the code that called the running native. */
  static String position(LuaVm vm) {
    CallerPosition at = CallerPosition.of(vm);
    String file = at.source().substring(at.source().lastIndexOf('/') + 1);
    String function = at.function() == null || at.line() < 0 ? "" : at.function() + "(): ";
    return file + ":" + at.line() + ": " + function;
  }

  private static String text(LuaVm vm, LuaValue value, int index) {
    return switch (value.type()) {
      case LuaValue.TSTRING, LuaValue.TNUMBER, LuaValue.TNIL, LuaValue.TBOOLEAN ->
          LuaText.display(value);
      default -> {
        if (value instanceof NullPointer) {
          yield "null";
        }
        if (!(value instanceof LuaTable table)) {
          throw LuaErrors.argument(
              index, "string, number, boolean, or nil expected, got " + value.typename());
        }
        LuaTable metatable = Semantics.metatable(vm, table);
        if (metatable == null || metatable.rawget(TOSTRING).isnil()) {
          throw LuaErrors.argument(index, "expected table to have __tostring metamethod");
        }
        yield LuaText.latin1(Semantics.tostring(vm, table));
      }
    };
  }
}
