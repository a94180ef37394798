package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.gateway.cache.CacheZone;

/** {@code proxy_cache_background_update}: a subrequest whose answer nobody waits for. */
final class CacheRefresh {
  private CacheRefresh() {}

  /** Fetches what a request asks for once more, from where it is now. */
  static void start(Request r, CacheZone.Claim claim) {
    SubrequestPlan plan =
        new SubrequestPlan(
            r.method(),
            r.uri(),
            r.args(),
            r.headers().copy(),
            SubrequestPlan.BodyPlan.INHERIT,
            r.cells(),
            null);
    Request sub = new Request(r, plan, new CaptureSink(CaptureSink.Purpose.HEAD));
    sub.location(r.location());
    sub.upstream().refresh(claim);
    Slices slices = r.slices();
    if (slices != null) {
      sub.slices(slices.copy());
    }
    Fiber.start(
        r.worker().loop(),
        "cache update",
        () -> {
          try {
            PhaseEngine.serve(sub, PhaseEngine.Entry.CONTENT);
          } finally {
            claim.release();
          }
        });
  }
}
