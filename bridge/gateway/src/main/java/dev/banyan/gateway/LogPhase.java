package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.nginx.LogSettings;
import dev.banyan.nginx.script.LuaHandler;

/** The log phase: {@code log_by_lua}, then the access logs. */
final class LogPhase {
  private LogPhase() {}

  static void run(Request r) {
    boolean logged = r.isMain() || r.location().core().logSubrequest();
    if (!logged) {
      return;
    }
    r.phase(Phase.LOG);
    r.action("logging request");
    try {
      LuaHandler lua = r.location().handlers().log();
      if (lua != null) {
        LuaPhases.log(r, lua);
      }
      for (LogSettings.AccessLog log : r.location().settings().logs().access()) {
        AccessLog.write(r, log);
      }
    } catch (ResponseAborted e) {
      r.log(ErrorLog.ERROR, "the log phase was cut short: " + e.getMessage());
    }
  }
}
