package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.BodyFilterSettings;

/** {@code mirror}: subrequests whose answers nobody waits for. */
final class Mirrors {
  private Mirrors() {}

  static void start(Request r) {
    BodyFilterSettings settings = r.location().settings().bodyFilters();
    if (!r.isMain() || settings.mirrors().isEmpty()) {
      return;
    }
    if (settings.mirrorRequestBody()) {
      r.body().read();
    }
    for (String uri : settings.mirrors()) {
      String[] target = UriText.split(uri);
      SubrequestPlan plan =
          new SubrequestPlan(
              r.method(),
              target[0],
              target[1].isEmpty() ? r.args() : target[1],
              r.headers().copy(),
              settings.mirrorRequestBody()
                  ? SubrequestPlan.BodyPlan.INHERIT
                  : SubrequestPlan.BodyPlan.WITHHELD,
              r.cells(),
              null);
      Request sub = new Request(r, plan, new CaptureSink(CaptureSink.Purpose.HEAD));
      Fiber.start(
          r.worker().loop(),
          "mirror",
          () -> PhaseEngine.serve(sub, PhaseEngine.Entry.SERVER_REWRITE));
    }
  }
}
