package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: {@code os.getenv}. As in lua-resty-core, {@code init_by_lua} sees a
 * function of its own, which gives way to the workers' on the first call after it.
 */
final class EnvironmentApi {
  private static final LuaValue NAME = LuaText.of("getenv");

  private final ProcessEnvironment environment;
  private final LuaTable os;
  private final LuaValue ofWorkers;

  private EnvironmentApi(ProcessEnvironment environment, LuaTable os) {
    this.environment = environment;
    this.os = os;
    this.ofWorkers =
        NativeFunction.of("getenv", args -> text(environment.ofWorker(LuaArgs.checkText(args, 1))));
  }

  static void open(Bindings bindings, ProcessEnvironment environment) {
    if (bindings.vm().globals().rawget("os") instanceof LuaTable os) {
      EnvironmentApi api = new EnvironmentApi(environment, os);
      os.rawset(NAME, bindings.method("os.getenv", api::get));
    }
  }

  private Varargs get(Execution x, Varargs args) {
    String name = name(args);
    if (x.phase == Phase.INIT) {
      return text(environment.ofMaster(name));
    }
    os.rawset(NAME, ofWorkers);
    return text(environment.ofWorker(name));
  }

  /** lua-resty-core's function has a parameter, which is nil when none is given. */
  private static String name(Varargs args) {
    return LuaArgs.checkText(args.narg() == 0 ? NIL : args, 1);
  }

  private static LuaValue text(@Nullable String value) {
    return value == null ? NIL : LuaText.utf8(value);
  }
}
