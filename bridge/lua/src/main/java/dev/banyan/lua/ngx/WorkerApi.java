package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.Map;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code ngx.worker} and {@code ngx.config}. */
final class WorkerApi {
  private static final int NGINX_VERSION = 1022001;
  private static final int MODULE_VERSION = 10023;

  private WorkerApi() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.worker.exiting", (x, args) -> LuaValue.valueOf(x.worker().exiting()));
    bindings.function("ngx.worker.pid", (x, args) -> LuaNumbers.of(x.worker().pid()));
    bindings.function("ngx.worker.pids", (x, args) -> pids(x));
    bindings.function("ngx.worker.count", (x, args) -> LuaInteger.valueOf(x.worker().count()));
    bindings.function(
        "ngx.worker.id",
        (x, args) -> x.phase == Phase.INIT ? LuaValue.NIL : LuaInteger.valueOf(x.worker().id()));
    versions().forEach((name, value) -> bindings.value("ngx.config." + name, value));
    bindings.function("ngx.config.prefix", (x, args) -> LuaText.of(x.worker().prefix()));
    bindings.function("ngx.config.nginx_configure", (x, args) -> LuaText.of(""));
  }

  /** The constants of {@code ngx.config}. */
  static Map<String, LuaValue> versions() {
    return Map.of(
        "subsystem",
        LuaText.of("http"),
        "debug",
        FALSE,
        "nginx_version",
        LuaInteger.valueOf(NGINX_VERSION),
        "ngx_lua_version",
        LuaInteger.valueOf(MODULE_VERSION));
  }

  private static Varargs pids(Execution x) {
    if (x.phase == Phase.INIT || x.phase == Phase.INIT_WORKER) {
      return Execution.failure("API disabled in the current context");
    }
    Table pids = new Table();
    pids.rawset(1, LuaNumbers.of(x.worker().pid()));
    return pids;
  }
}
