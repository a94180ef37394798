package dev.banyan.cli;

import dev.banyan.cli.reproduce.Reproduction.Result.Shown;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.vectors.InputText;
import dev.banyan.vectors.ResultText;
import dev.banyan.vectors.VectorJson;
import java.nio.file.Path;
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
  private final ClusterOutcomes outcomes;

  ReproduceReport(Paper paper, String module, boolean json) {
    this.paper = paper;
    this.module = module;
    this.json = json;
    this.outcomes = new ClusterOutcomes(paper, json);
  }

  /** Whether every cluster was shown. */
  boolean isGood() {
    return outcomes.isGood();
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
    Map<String, @Nullable Object> tree = outcomes.begin(held, false);
    tree.put("reason", reason);
    List<String> hidden = ClusterOutcomes.hidden(held);
    tree.put("hidden", hidden);
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
    Map<String, @Nullable Object> tree = outcomes.begin(held, true);
    tree.put("hidden", ClusterOutcomes.hidden(held));
    tree.put("tries", shown.tries());
    tree.put("before", shown.before());
    tree.put("after", shown.after());
    tree.put("differences", ClusterOutcomes.differences(shown.judgement()));
    tree.put("vector", VectorJson.write(shown.smallest().vector().call()));
    tree.put("file", file == null ? null : file.toString());
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

  /** The last words. */
  void end(AdminClient client) {
    outcomes.end(client, Map.of("module", module), module);
  }

  /** Whether the server takes a vector of this length. */
  boolean isSmallEnough(Shown shown) {
    return new JsonMapper().writeValueAsString(body(shown)).length() <= MAX_TOLD;
  }

  /** What the server is told, so that it shows it with the cluster. */
  static Map<String, Object> body(Shown shown) {
    return Map.of(
        "vector", VectorJson.write(shown.smallest().vector().call()),
        "differences", ClusterOutcomes.differences(shown.judgement()));
  }
}
