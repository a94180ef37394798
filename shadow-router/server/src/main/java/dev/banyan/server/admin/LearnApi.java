package dev.banyan.server.admin;

import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.CannotLearn;
import dev.banyan.server.learn.LearnOptions;
import dev.banyan.server.learn.Learner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** For any thread: what {@code /api/v1/modules/NAME/learn} does. */
final class LearnApi {
  private static final List<String> KEYS = List.of("seconds", "vectors", "keep", "who");
  private static final int DEFAULT_SECONDS = 60;
  private static final int DEFAULT_VECTORS = 200;

  private final Learner learner;
  private final LiveUsage usage;

  LearnApi(Learner learner, LiveUsage usage) {
    this.learner = learner;
    this.usage = usage;
  }

  /** What was learned. */
  Object report(String module) {
    return recorded(module, learner.report(module));
  }

  private static <T> T recorded(String module, @Nullable T learned) {
    if (learned == null) {
      throw new BadCall(
          404, module + " has not been recorded: begin with \"banyan learn " + module + "\"");
    }
    return learned;
  }

  /** The vectors. */
  Object vectors(String module) {
    return Map.of("vectors", recorded(module, learner.vectors(module)));
  }

  /** Begins to record. */
  Object begin(String module, JsonNode body) {
    BadCall.refuseUnknown(body, KEYS);
    if (usage.isOpen()) {
      throw new BadCall(
          422,
          module
              + " can't be recorded while \"banyan inventory --live\" meters the traffic: wait until"
              + " that has ended");
    }
    try {
      learner.begin(module, options(body));
    } catch (IllegalArgumentException | CannotLearn e) {
      throw new BadCall(422, String.valueOf(e.getMessage()));
    }
    return report(module);
  }

  /** Ends recording. */
  Object end(String module) {
    learner.end(module, "it was stopped");
    return report(module);
  }

  private static LearnOptions options(JsonNode body) {
    Set<String> keep = new HashSet<>();
    JsonNode names = body.path("keep");
    if (!names.isMissingNode() && !names.isArray()) {
      throw new BadCall(400, "\"keep\" is " + names + ": expected a list of names");
    }
    names.forEach(name -> keep.add(name.asString("")));
    return new LearnOptions(
        BadCall.number(body, "seconds", DEFAULT_SECONDS),
        BadCall.number(body, "vectors", DEFAULT_VECTORS),
        keep);
  }
}
