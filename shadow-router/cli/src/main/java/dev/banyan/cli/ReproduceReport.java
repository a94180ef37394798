package dev.banyan.cli;

import dev.banyan.cli.reproduce.Reproduction.Result.Shown;
import dev.banyan.router.parity.Difference;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.vectors.InputText;
import dev.banyan.vectors.ResultText;
import dev.banyan.vectors.VectorJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Owned by its command: what came of each cluster, for people or for scripts. */
final class ReproduceReport {
  /** A larger vector isn't told to the server, whose API takes no more. */
  private static final int MAX_TOLD = 48 * 1024;

  private final Paper paper;
  private final String module;
  private final boolean json;
  private final List<Map<String, @Nullable Object>> trees = new ArrayList<>();
  private int failed;

  ReproduceReport(Paper paper, String module, boolean json) {
    this.paper = paper;
    this.module = module;
    this.json = json;
  }

  /** Whether every cluster was shown. */
  boolean isGood() {
    return failed == 0;
  }

  /** The server holds no whole call. */
  void missing(JsonNode held, BanyanConfig config) {
    String reason =
        switch (held.path("state").asString()) {
          case "refused" -> "no call of it can be had whole: " + held.path("reason").asString();
          default ->
              config.parity().reproducers()
                  ? "no call of it was taken whole yet: the next that differs so will be"
                  : "calls are not kept: put \"reproducers: true\" under \"parity\", and restart";
        };
    failure(held, reason);
  }

  /** The call that the server holds doesn't differ here. */
  void notShown(JsonNode held, String reason) {
    failure(held, reason);
  }

  private void failure(JsonNode held, String reason) {
    failed++;
    Map<String, @Nullable Object> tree = tree(held, "not reproduced");
    tree.put("reason", reason);
    List<String> hidden = hidden(held);
    tree.put("hidden", hidden);
    heading(held);
    if (!json) {
      paper.line("  not reproduced: %s", reason);
      if (!hidden.isEmpty()) {
        paper.line("  hidden, and so perhaps the cause: %s", String.join(", ", hidden));
        paper.line(
            "  to have calls with such values: banyan learn %s --keep NAME, then banyan replay",
            module);
      }
      paper.line("");
    }
  }

  /** It differs here too, and so does a smaller one. */
  void shown(JsonNode held, Shown shown, @Nullable Path file) {
    Map<String, @Nullable Object> tree = tree(held, "reproduced");
    tree.put("hidden", hidden(held));
    tree.put("tries", shown.tries());
    tree.put("before", shown.before());
    tree.put("after", shown.after());
    tree.put("differences", differences(shown));
    tree.put("vector", VectorJson.write(shown.smallest().vector().call()));
    tree.put("file", file == null ? null : file.toString());
    heading(held);
    if (!json) {
      paper.line(
          "  made smaller: %s characters of input to %s, by %s tries on both sides",
          Paper.count(shown.before()), Paper.count(shown.after()), Paper.count(shown.tries()));
      InputText.of(shown.smallest().vector().call()).forEach(line -> paper.line("  %s", line));
      ResultText.of(shown.smallest()).lines().skip(1).forEach(line -> paper.line("%s", line));
      if (file == null) {
        paper.line(
            "  keep it as a test of the port: banyan reproduce %s %s --save",
            module, held.path("cluster").asString());
      } else {
        paper.line("  saved: %s", file);
        paper.line("  the port's @Replay test of this folder fails until the port is mended");
      }
      paper.line("");
    }
  }

  private void heading(JsonNode held) {
    if (!json) {
      paper.line("cluster %s  %s", held.path("cluster").asString(), held.path("cause").asString());
    }
  }

  private Map<String, @Nullable Object> tree(JsonNode held, String result) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("cluster", held.path("cluster").asString());
    tree.put("cause", held.path("cause").asString());
    tree.put("result", result);
    trees.add(tree);
    return tree;
  }

  private static List<String> hidden(JsonNode held) {
    List<String> hidden = new ArrayList<>();
    held.path("hidden").forEach(place -> hidden.add(place.asString()));
    return hidden;
  }

  /** The last words. */
  void end(AdminClient client) {
    if (json) {
      paper.line(
          "%s",
          client.pretty(new JsonMapper().valueToTree(Map.of("module", module, "clusters", trees))));
    } else if (trees.isEmpty()) {
      paper.line("%s has no mismatch", module);
    } else if (trees.size() > 1) {
      paper.line("%d of %d clusters reproduced", trees.size() - failed, trees.size());
    }
  }

  /** Whether the server takes a vector of this length. */
  boolean isSmallEnough(Shown shown) {
    return new JsonMapper().writeValueAsString(body(shown)).length() <= MAX_TOLD;
  }

  /** What the server is told, so that it shows it with the cluster. */
  static Map<String, Object> body(Shown shown) {
    return Map.of(
        "vector", VectorJson.write(shown.smallest().vector().call()),
        "differences", differences(shown));
  }

  private static List<Map<String, @Nullable Object>> differences(Shown shown) {
    return shown.judgement().differences().stream().map(ReproduceReport::one).toList();
  }

  private static Map<String, @Nullable Object> one(Difference difference) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("path", difference.path());
    tree.put("lua", difference.control());
    tree.put("java", difference.candidate());
    return tree;
  }
}
