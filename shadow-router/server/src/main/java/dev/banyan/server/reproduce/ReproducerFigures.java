package dev.banyan.server.reproduce;

import dev.banyan.router.parity.Cluster;
import dev.banyan.router.parity.Difference;
import dev.banyan.router.parity.Reproducer;
import dev.banyan.vectors.InputText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reproducers as the trees that are shown as JSON. */
public final class ReproducerFigures {
  private static final JsonMapper JSON = new JsonMapper();

  private ReproducerFigures() {}

  /** What there is of a cluster, without the vector. */
  public static Map<String, @Nullable Object> state(Reproducer reproducer) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    switch (reproducer) {
      case Reproducer.Awaited() -> tree.put("state", "awaited");
      case Reproducer.Held held -> {
        tree.put("state", "held");
        tree.put("hidden", held.hidden());
      }
      case Reproducer.Shrunk shrunk -> {
        tree.put("state", "shrunk");
        tree.put("input", InputText.of(JSON.readTree(shrunk.vector())));
        tree.put("differences", shrunk.differences().stream().map(ReproducerFigures::one).toList());
      }
      case Reproducer.Refused(String reason) -> {
        tree.put("state", "refused");
        tree.put("reason", reason);
      }
    }
    return tree;
  }

  /** All that there is of a cluster. */
  public static Map<String, @Nullable Object> whole(String module, Cluster cluster) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", module);
    tree.put("cluster", cluster.shape().id());
    tree.put("function", cluster.shape().function());
    tree.put("cause", cluster.shape().text());
    tree.putAll(state(cluster.reproducer()));
    String vector =
        switch (cluster.reproducer()) {
          case Reproducer.Held held -> held.vector();
          case Reproducer.Shrunk shrunk -> shrunk.vector();
          case Reproducer.Awaited _, Reproducer.Refused _ -> null;
        };
    tree.put("vector", vector == null ? null : JSON.readTree(vector));
    return tree;
  }

  private static Map<String, @Nullable Object> one(Difference difference) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("path", difference.path());
    tree.put("lua", difference.control());
    tree.put("java", difference.candidate());
    return tree;
  }
}
