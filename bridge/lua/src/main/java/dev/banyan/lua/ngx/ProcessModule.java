package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;

/** {@code require "ngx.process"}: one process whose workers are threads. */
final class ProcessModule {
  private ProcessModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(
        bindings,
        module,
        "type",
        (x, args) -> LuaText.of(x.phase == Phase.INIT ? "master" : "worker"));
    add(
        bindings,
        module,
        "enable_privileged_agent",
        (x, args) ->
            Execution.failure(
                x.phase == Phase.INIT
                    ? "missing privileged agent process patch in the nginx core"
                    : "API disabled in the current context"));
    add(bindings, module, "signal_graceful_exit", (x, args) -> NONE);
    add(bindings, module, "get_master_pid", (x, args) -> LuaNumbers.of(x.worker().pid()));
    bindings.vm().preload("ngx.process", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.process:" + name, body));
  }
}
