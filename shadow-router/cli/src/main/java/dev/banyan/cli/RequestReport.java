package dev.banyan.cli;

import dev.banyan.cli.wholes.KeptRequest;
import dev.banyan.cli.wholes.RequestReproduction.Result.Shown;
import dev.banyan.duel.suite.SuiteWriter;
import dev.banyan.router.parity.Difference;
import dev.banyan.server.config.BanyanConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Owned by its command: what came of each cluster of whole requests, for people or for scripts. */
final class RequestReport {
  private final Paper paper;
  private final boolean json;
  private final ClusterOutcomes outcomes;

  RequestReport(Paper paper, boolean json) {
    this.paper = paper;
    this.json = json;
    this.outcomes = new ClusterOutcomes(paper, json);
  }

  /** Whether every cluster was shown. */
  boolean isGood() {
    return outcomes.isGood();
  }

  /** The server holds no whole request. */
  void missing(JsonNode held, BanyanConfig config) {
    String reason =
        switch (held.path("state").asString()) {
          case "refused" -> "no request of it can be had whole: " + held.path("reason").asString();
          default ->
              config.parity().reproducers()
                  ? "no request of it was kept whole yet: the next that differs so will be"
                  : "requests are not kept: put \"reproducers: true\" under \"parity\", and restart";
        };
    notShown(held, reason);
  }

  /** The paths don't differ here on the request that the server holds. */
  void notShown(JsonNode held, String reason) {
    Map<String, @Nullable Object> tree = outcomes.begin(held, false);
    List<String> hidden = ClusterOutcomes.hidden(held);
    tree.put("hidden", hidden);
    tree.put("reason", reason);
    if (!json) {
      paper.line("  not reproduced: %s", reason);
      if (!hidden.isEmpty()) {
        paper.line("  hidden or not kept, and so perhaps the cause: %s", String.join(", ", hidden));
      }
      paper.line("");
    }
  }

  /** They do, and so they do on a smaller one. */
  void shown(JsonNode held, Shown shown, @Nullable Path file) {
    Map<String, @Nullable Object> tree = outcomes.begin(held, true);
    tree.put("hidden", ClusterOutcomes.hidden(held));
    String suite = SuiteWriter.text(List.of(shown.smallest()));
    tree.put("tries", shown.tries());
    tree.put("before", shown.before());
    tree.put("after", shown.after());
    tree.put("differences", ClusterOutcomes.differences(shown.judgement()));
    tree.put("suite", suite);
    tree.put("file", file == null ? null : file.toString());
    if (!json) {
      paper.line(
          "  made smaller: %s characters of a request to %s, by %s tries on both paths",
          Paper.count(shown.before()), Paper.count(shown.after()), Paper.count(shown.tries()));
      suite.strip().lines().forEach(line -> paper.line("    %s", line));
      for (Difference one : shown.judgement().differences()) {
        paper.line("  %s", one.path());
        paper.line("    old path: %s", text(one.control()));
        paper.line("    new path: %s", text(one.candidate()));
      }
      kept(held.path("cluster").asString(), file);
      paper.line("");
    }
  }

  private void kept(String cluster, @Nullable Path file) {
    if (file == null) {
      paper.line("  keep it as a case of a duel: banyan reproduce --cluster %s --save", cluster);
    } else {
      paper.line("  saved: %s", file);
      paper.line("  an edge in Lua and one on the ports, with the duel's origin behind both:");
      paper.line(
          "  banyan duel old=HOST:PORT new=HOST:PORT --origin-port PORT,PORT --suite %s", file);
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "nothing" : String.valueOf(value);
  }

  /** The last words. */
  void end(AdminClient client) {
    outcomes.end(client, Map.of(), "the whole path");
  }

  /** What the server is told, so that it shows it with the cluster. */
  Map<String, Object> body(KeptRequest kept, Shown shown) {
    return Map.of(
        "vector", kept.with(shown.smallest()),
        "differences", ClusterOutcomes.differences(shown.judgement()));
  }
}
