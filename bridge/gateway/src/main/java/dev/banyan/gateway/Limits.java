package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.LimitSettings;
import dev.banyan.nginx.LimitZone;
import dev.banyan.nginx.LogSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
    List<Passed> passed = new ArrayList<>(limits.requests().size());
    for (int i = 0; i < limits.requests().size(); i++) {
      LimitSettings.Request limit = limits.requests().get(i);
      LimitZone zone = r.service().http().requestZones().get(limit.zone());
      String key = zone == null ? "" : zone.key().evaluate(r);
      if (zone == null || key.isEmpty()) {
        continue;
      }
      LimitZones.Requests buckets = r.service().zones().requests(zone);
      boolean last = i == limits.requests().size() - 1;
      long excess = buckets.take(key, now, limit.burst() * 1000L, last);
      if (excess < 0) {
        return refuse(r, limits, limit, -excess - 1);
      }
      passed.add(new Passed(limit, buckets, key, last ? excess : -1));
    }
    if (!passed.isEmpty()) {
      delay(r, limits, passed, now);
    }
    return Signal.NEXT;
  }

  /**
   * A limit that lets the request pass.
   *
   * @param excess -1 while it isn't counted: what another limit refuses counts for none
   */
  private record Passed(
      LimitSettings.Request limit, LimitZones.Requests buckets, String key, long excess) {
    long counted(long now) {
      return excess < 0 ? buckets.take(key, now, Long.MAX_VALUE, true) : excess;
    }

    /** Milliseconds to wait. */
    long delay(long counted) {
      long over = counted - limit.delay() * 1000L;
      return limit.delay() == Integer.MAX_VALUE ? 0 : over * 1000 / Math.max(1, buckets.rate());
    }
  }

  /** Counts the request for all limits and waits as long as the slowest of them says. */
  private static void delay(Request r, LimitSettings limits, List<Passed> passed, long now) {
    long delay = 0;
    long excess = 0;
    String zone = "";
    for (Passed each : passed) {
      long counted = each.counted(now);
      long wait = each.delay(counted);
      if (wait > delay) {
        delay = wait;
        excess = counted;
        zone = each.limit().zone();
      }
    }
    r.main()
        .limitStatus(
            delay == 0 ? "PASSED" : limits.requestDryRun() ? "DELAYED_DRY_RUN" : "DELAYED");
    if (delay == 0) {
      return;
    }
    r.log(
        milder(limits.requestLogLevel()),
        "delaying request"
            + dry(limits.requestDryRun())
            + ", excess: "
            + milli(excess)
            + ", by zone \""
            + zone
            + "\"");
    if (!limits.requestDryRun()) {
      Fiber.sleep(Duration.ofMillis(delay));
    }
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
