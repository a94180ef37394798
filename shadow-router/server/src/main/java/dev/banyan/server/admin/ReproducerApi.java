package dev.banyan.server.admin;

import dev.banyan.router.parity.Cluster;
import dev.banyan.router.parity.Difference;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.server.reproduce.ReproducerFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** For any thread: what {@code …/clusters/ID/reproducer} does. */
final class ReproducerApi {
  private static final List<String> KEYS = List.of("vector", "differences");
  private static final int MOST_DIFFERENCES = 32;

  private final Shrunk shrunk;

  /** Takes what somebody has found to differ as its cluster does. */
  @FunctionalInterface
  interface Shrunk {
    /**
     * Takes it.
     *
     * @throws IllegalArgumentException when it is nothing of the cluster, or too long
     */
    void take(Cluster cluster, JsonNode vector, List<Difference> differences);
  }

  ReproducerApi(Shrunk shrunk) {
    this.shrunk = shrunk;
  }

  /** What there is. */
  Object show(ModuleParity page, String id) {
    return ReproducerFigures.whole(page.module(), cluster(page, id));
  }

  /** Takes a smaller one. */
  Object put(ModuleParity page, String id, JsonNode body) {
    BadCall.refuseUnknown(body, KEYS);
    try {
      shrunk.take(cluster(page, id), body.path("vector"), differences(body.path("differences")));
    } catch (IllegalArgumentException e) {
      throw new BadCall(422, String.valueOf(e.getMessage()));
    }
    return show(page, id);
  }

  private static Cluster cluster(ModuleParity page, String id) {
    return page.clusters().stream()
        .filter(cluster -> cluster.shape().id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new BadCall(
                404, page.module() + " has no cluster \"" + id + "\": see \"banyan mismatches\""));
  }

  private static List<Difference> differences(JsonNode list) {
    if (!list.isArray() || list.isEmpty() || list.size() > MOST_DIFFERENCES) {
      throw new BadCall(
          400, "\"differences\" has to be a list of 1 to " + MOST_DIFFERENCES + " objects");
    }
    List<Difference> differences = new ArrayList<>();
    for (JsonNode one : list) {
      differences.add(
          new Difference(
              one.path("path").asString(""), value(one.path("lua")), value(one.path("java"))));
    }
    return differences;
  }

  /** A value as plain data: a leaf, or the text of a tree. */
  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.asString();
      case NUMBER -> node.asDouble();
      case BOOLEAN -> node.asBoolean();
      case NULL, MISSING -> null;
      case ARRAY, OBJECT, BINARY, POJO -> node.toString();
    };
  }
}
