package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.AccessSettings;
import dev.banyan.nginx.CoreSettings;
import dev.banyan.nginx.script.LuaHandler;
import java.time.Duration;
import java.util.List;

/** The access phase: addresses, passwords, {@code auth_request} and Lua, under {@code satisfy}. */
final class AccessPhase {
  private static final List<Check> LUA_FIRST =
      List.of(
          AccessPhase::program,
          AccessPhase::addresses,
          AccessPhase::password,
          AccessPhase::request);

  private static final List<Check> LUA_LAST =
      List.of(
          AccessPhase::addresses,
          AccessPhase::password,
          AccessPhase::request,
          AccessPhase::program);

  /** What a request has to pass. */
  @FunctionalInterface
  private interface Check {
    Verdict of(Request r);
  }

  private AccessPhase() {}

  static Verdict check(Request r) {
    boolean any = r.location().core().satisfy() == CoreSettings.Satisfy.ANY;
    List<Check> checks = r.service().http().lua().accessNoPostpone() ? LUA_FIRST : LUA_LAST;
    for (int i = 0; i < checks.size(); i++) {
      Verdict verdict = checks.get(i).of(r);
      switch (verdict) {
        case Signal signal -> {
          if (any && signal == Signal.OK) {
            r.accessStatus(0);
            r.response().headers().remove("WWW-Authenticate");
            return Signal.NEXT;
          }
        }
        case Verdict.Finish finish -> {
          boolean refusal =
              finish.status() == HttpStatus.FORBIDDEN || finish.status() == HttpStatus.UNAUTHORIZED;
          if (!any || !refusal) {
            return delayed(r, finish);
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
    Verdict refused = refused(r);
    return refused.ends() ? refused : SrcacheFetch.run(r);
  }

  /** A refusal also follows a request that Lua sends elsewhere before anything admits it. */
  private static Verdict refused(Request r) {
    int status = r.accessStatus();
    r.accessStatus(0);
    if (status == 0) {
      return Signal.NEXT;
    }
    if (status == HttpStatus.FORBIDDEN) {
      r.log(ErrorLog.ERROR, "access forbidden by rule");
    }
    return delayed(r, new Verdict.Finish(status));
  }

  /** Holds a refusal back, so that its time doesn't tell why: {@code auth_delay}. */
  private static Verdict delayed(Request r, Verdict.Finish refusal) {
    Duration delay = r.location().core().authDelay();
    if (refusal.status() == HttpStatus.UNAUTHORIZED && !delay.isZero()) {
      r.log(ErrorLog.INFO, "delaying unauthorized request");
      Fiber.sleep(delay);
    }
    return refusal;
  }

  private static Verdict program(Request r) {
    LuaHandler lua = r.location().handlers().access();
    return lua == null ? Signal.NEXT : LuaPhases.access(r, lua);
  }

  private static Verdict password(Request r) {
    return BasicAuth.check(r, r.location().settings().access());
  }

  private static Verdict request(Request r) {
    return AuthRequest.check(r, r.location().settings().access());
  }

  private static Verdict addresses(Request r) {
    List<AccessSettings.Rule> rules = r.location().settings().access().rules();
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
