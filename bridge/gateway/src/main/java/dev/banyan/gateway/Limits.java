package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.LimitSettings;
import dev.banyan.nginx.LimitZone;
import dev.banyan.nginx.LogSettings;
import java.time.Duration;

/** The preaccess phase: {@code limit_req}, then {@code limit_conn}. */
final class Limits {
  private Limits() {}

  static Verdict check(Request r) {
    LimitSettings limits = r.location().settings().limits();
    Verdict requests = requests(r, limits);
    return requests.ends() ? requests : connections(r, limits);
  }

  private static Verdict requests(Request r, LimitSettings limits) {
    if (limits.requests().isEmpty() || r.main().limitStatus() != null) {
      return Signal.NEXT;
    }
    long now = r.worker().nowMillis();
    long delay = 0;
    boolean limited = false;
    for (int i = 0; i < limits.requests().size(); i++) {
      LimitSettings.Request limit = limits.requests().get(i);
      LimitZone zone = r.service().http().requestZones().get(limit.zone());
      String key = zone == null ? "" : zone.key().evaluate(r);
      if (zone == null || key.isEmpty()) {
        continue;
      }
      limited = true;
      LimitZones.Requests buckets = r.service().zones().requests(zone);
      long excess = buckets.take(key, now, limit.burst() * 1000L, true);
      if (excess < 0) {
        return refuse(r, limits, limit, -excess - 1);
      }
      long over = excess - limit.delay() * 1000L;
      if (limit.delay() != Integer.MAX_VALUE && over > 0) {
        delay = Math.max(delay, over * 1000 / Math.max(1, buckets.rate()));
        r.log(
            milder(limits.requestLogLevel()),
            "delaying request"
                + dry(limits.requestDryRun())
                + ", excess: "
                + milli(excess)
                + ", by zone \""
                + limit.zone()
                + "\"");
      }
    }
    boolean waits = delay > 0;
    String dry = limits.requestDryRun() ? "_DRY_RUN" : "";
    if (limited) {
      r.main().limitStatus(waits ? "DELAYED" + dry : "PASSED");
    }
    if (waits && !limits.requestDryRun()) {
      Fiber.sleep(Duration.ofMillis(delay));
    }
    return Signal.NEXT;
  }

  private static Verdict refuse(
      Request r, LimitSettings limits, LimitSettings.Request limit, long excess) {
    r.log(
        ErrorLog.number(limits.requestLogLevel()),
        "limiting requests"
            + dry(limits.requestDryRun())
            + ", excess: "
            + milli(excess)
            + " by zone \""
            + limit.zone()
            + "\"");
    r.main().limitStatus(limits.requestDryRun() ? "REJECTED_DRY_RUN" : "REJECTED");
    return limits.requestDryRun() ? Signal.NEXT : Verdict.status(limits.requestStatus());
  }

  private static Verdict connections(Request r, LimitSettings limits) {
    if (limits.connections().isEmpty() || r.main().connectionLimitStatus() != null) {
      return Signal.NEXT;
    }
    boolean limited = false;
    for (LimitSettings.Connection limit : limits.connections()) {
      LimitZone zone = r.service().http().connectionZones().get(limit.zone());
      String key = zone == null ? "" : zone.key().evaluate(r);
      if (zone == null || key.isEmpty()) {
        continue;
      }
      limited = true;
      LimitZones.Connections counts = r.service().zones().connections(zone);
      if (!counts.enter(key, limit.limit())) {
        r.log(
            ErrorLog.number(limits.connectionLogLevel()),
            "limiting connections"
                + dry(limits.connectionDryRun())
                + " by zone \""
                + limit.zone()
                + "\"");
        r.main().connectionLimitStatus(limits.connectionDryRun() ? "REJECTED_DRY_RUN" : "REJECTED");
        return limits.connectionDryRun() ? Signal.NEXT : Verdict.status(limits.connectionStatus());
      }
      r.main().atEnd(() -> counts.leave(key));
    }
    if (limited) {
      r.main().connectionLimitStatus("PASSED");
    }
    return Signal.NEXT;
  }

  private static String dry(boolean dryRun) {
    return dryRun ? ", dry run" : "";
  }

  private static int milder(LogSettings.Level level) {
    return Math.min(ErrorLog.DEBUG, ErrorLog.number(level) + 1);
  }

  private static String milli(long excess) {
    return UpstreamStates.seconds(excess);
  }
}
