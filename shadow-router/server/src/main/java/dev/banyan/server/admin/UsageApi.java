package dev.banyan.server.admin;

import dev.banyan.server.inventory.CannotMeter;
import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.Learner;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** For any thread: what {@code POST /api/v1/inventory/usage} does. */
final class UsageApi {
  private static final int DEFAULT_SECONDS = 10;

  private final LiveUsage usage;
  private final Learner learner;

  UsageApi(LiveUsage usage, Learner learner) {
    this.usage = usage;
    this.learner = learner;
  }

  /** Begins to meter. */
  Object begin(JsonNode body) {
    BadCall.refuseUnknown(body, List.of("seconds"));
    if (learner.isRecording()) {
      throw new BadCall(
          422,
          "a module is being recorded by \"banyan learn\", which would be metered too: wait, or stop"
              + " that first");
    }
    try {
      usage.begin(BadCall.number(body, "seconds", DEFAULT_SECONDS));
    } catch (CannotMeter e) {
      throw new BadCall(422, String.valueOf(e.getMessage()));
    }
    return usage.tree();
  }
}
