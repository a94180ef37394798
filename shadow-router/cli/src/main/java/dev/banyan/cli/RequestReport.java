package dev.banyan.cli;

import dev.banyan.cli.wholes.KeptRequest;
import dev.banyan.cli.wholes.RequestReproduction.Result.Shown;
import dev.banyan.duel.suite.SuiteWriter;
import dev.banyan.router.parity.Difference;
import dev.banyan.server.config.BanyanConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Owned by its command: what came of each cluster of whole requests, for people or for scripts. */
final class RequestReport {
  private final Paper paper;
  private final boolean json;
  private final List<Map<String, @Nullable Object>> trees = new ArrayList<>();
  private int failed;

  RequestReport(Paper paper, boolean json) {
    this.paper = paper;
    this.json = json;
  }

  /** Whether every cluster was shown. */
  boolean isGood() {
    return failed == 0;
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
    failed++;
    Map<String, @Nullable Object> tree = begin(held, "not reproduced");
    tree.put("reason", reason);
    if (!json) {
      paper.line("  not reproduced: %s", reason);
      List<String> hidden = hidden(held);
      if (!hidden.isEmpty()) {
        paper.line("  hidden or not kept, and so perhaps the cause: %s", String.join(", ", hidden));
      }
      paper.line("");
    }
  }

  /** They do, and so they do on a smaller one. */
  void shown(JsonNode held, Shown shown, @Nullable Path file) {
    Map<String, @Nullable Object> tree = begin(held, "reproduced");
    String suite = SuiteWriter.text(List.of(shown.smallest()));
    tree.put("tries", shown.tries());
    tree.put("before", shown.before());
    tree.put("after", shown.after());
    tree.put("differences", differences(shown));
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

  private Map<String, @Nullable Object> begin(JsonNode held, String result) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("cluster", held.path("cluster").asString());
    tree.put("cause", held.path("cause").asString());
    tree.put("result", result);
    tree.put("hidden", hidden(held));
    trees.add(tree);
    if (!json) {
      paper.line("cluster %s  %s", held.path("cluster").asString(), held.path("cause").asString());
    }
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
      paper.line("%s", client.pretty(new JsonMapper().valueToTree(Map.of("clusters", trees))));
    } else if (trees.isEmpty()) {
      paper.line("the whole path has no mismatch");
    } else if (trees.size() > 1) {
      paper.line("%d of %d clusters reproduced", trees.size() - failed, trees.size());
    }
  }

  /** What the server is told, so that it shows it with the cluster. */
  Map<String, Object> body(KeptRequest kept, Shown shown) {
    return Map.of("vector", kept.with(shown.smallest()), "differences", differences(shown));
  }

  private static List<Map<String, @Nullable Object>> differences(Shown shown) {
    return shown.judgement().differences().stream().map(RequestReport::one).toList();
  }

  private static Map<String, @Nullable Object> one(Difference difference) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("path", difference.path());
    tree.put("lua", difference.control());
    tree.put("java", difference.candidate());
    return tree;
  }
}
