package dev.banyan.gateway;

import dev.banyan.nginx.AccessSettings;
import dev.banyan.nginx.CoreSettings;
import dev.banyan.nginx.script.LuaHandler;
import java.util.List;
import java.util.function.Supplier;

/** The access phase: addresses, passwords, {@code auth_request} and Lua, under {@code satisfy}. */
final class AccessPhase {
  private AccessPhase() {}

  static Verdict check(Request r) {
    AccessSettings access = r.location().settings().access();
    boolean any = r.location().core().satisfy() == CoreSettings.Satisfy.ANY;
    LuaHandler lua = r.location().handlers().access();
    Supplier<Verdict> program = () -> lua == null ? Signal.NEXT : LuaPhases.access(r, lua);
    Supplier<Verdict> addresses = () -> addresses(r, access);
    Supplier<Verdict> password = () -> BasicAuth.check(r, access);
    Supplier<Verdict> request = () -> AuthRequest.check(r, access);
    List<Supplier<Verdict>> checks =
        r.service().http().lua().accessNoPostpone()
            ? List.of(program, addresses, password, request)
            : List.of(addresses, password, request, program);
    r.accessStatus(0);
    for (Supplier<Verdict> check : checks) {
      Verdict verdict = check.get();
      switch (verdict) {
        case Signal signal -> {
          if (any && signal == Signal.OK) {
            r.response().headers().remove("WWW-Authenticate");
            return Signal.NEXT;
          }
        }
        case Verdict.Finish finish -> {
          boolean refusal =
              finish.status() == HttpStatus.FORBIDDEN || finish.status() == HttpStatus.UNAUTHORIZED;
          if (!any || !refusal) {
            return finish;
          }
          if (r.accessStatus() != HttpStatus.UNAUTHORIZED) {
            r.accessStatus(finish.status());
          }
        }
        case Verdict.Replace replace -> {
          return replace;
        }
        case Verdict.Redirect redirect -> {
          return redirect;
        }
        case Verdict.Named named -> {
          return named;
        }
      }
    }
    return refused(r);
  }

  private static Verdict refused(Request r) {
    int status = r.accessStatus();
    if (status == 0) {
      return Signal.NEXT;
    }
    if (status == HttpStatus.FORBIDDEN) {
      r.log(ErrorLog.ERROR, "access forbidden by rule");
    }
    return Verdict.status(status);
  }

  private static Verdict addresses(Request r, AccessSettings access) {
    List<AccessSettings.Rule> rules = access.rules();
    if (rules.isEmpty()) {
      return Signal.NEXT;
    }
    if (AccessSettings.allowed(rules, r.client().addressBytes())) {
      return Signal.OK;
    }
    if (r.location().core().satisfy() == CoreSettings.Satisfy.ALL) {
      r.log(ErrorLog.ERROR, "access forbidden by rule");
    }
    return Verdict.status(HttpStatus.FORBIDDEN);
  }
}
