package dev.banyan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "mismatches",
    description =
        "Shows how Lua and Java answered differently, by cause with an example each; --each shows"
            + " single calls.")
final class MismatchesCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The module, such as edge.waf; without one, whole requests.")
  @Nullable String module;

  @Option(names = "--each", description = "Single calls, newest first, instead of clusters.")
  boolean each;

  @Option(names = "--cluster", paramLabel = "ID", description = "Only this cluster's.")
  @Nullable String cluster;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    String part = (each ? "/mismatches?limit=" : "/clusters?limit=") + wanted();
    JsonNode answer = client.get(AdminClient.parity(module, part));
    Paper paper = new Paper(spec.commandLine().getOut());
    List<JsonNode> found = found(answer.path(each ? "mismatches" : "clusters"));
    if (admin.json) {
      paper.line("%s", client.pretty(answer));
    } else if (found.isEmpty()) {
      paper.line(
          "%s has no mismatch%s",
          AdminClient.whose(module), cluster == null ? "" : " in cluster " + cluster);
    } else if (each) {
      found.forEach(one -> new MismatchText(paper).print(one));
    } else {
      clusters(paper, answer, found);
    }
    return ExitCodes.OK;
  }

  /** A cluster is searched for among all; the server has no more than these. */
  private int wanted() {
    return cluster == null ? limit : MOST;
  }

  private List<JsonNode> found(JsonNode all) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode one : all) {
      String id = one.path(each ? "cluster" : "id").asString();
      if (found.size() < limit && (cluster == null || cluster.equals(id))) {
        found.add(one);
      }
    }
    return found;
  }

  private void clusters(Paper paper, JsonNode answer, List<JsonNode> found) {
    found.forEach(one -> cluster(paper, one));
    long total = answer.path("total").asLong(0);
    if (cluster == null && total > found.size()) {
      paper.line(
          "%d of %d clusters: --limit %d shows all, --cluster ID --each a cluster's calls",
          found.size(), total, total);
    }
    long overflowed = answer.path("overflowed").asLong(0);
    if (overflowed > 0) {
      paper.line(
          "%s mismatches of other shapes came when there were too many clusters",
          Paper.count(overflowed));
    }
  }

  private void cluster(Paper paper, JsonNode one) {
    paper.line(
        "cluster %s  %s times in %s, first %s, last %s",
        one.path("id").asString(),
        Paper.count(one.path("count").asLong(0)),
        one.path("function").asString(),
        one.path("first").asString(),
        one.path("last").asString());
    for (JsonNode place : one.path("places")) {
      paper.line("  %s: %s", place.path("place").asString(), place.path("kind").asString());
    }
    if (one.path("noisy").asBoolean(false)) {
      paper.line("  noise: Lua differs from itself there, see banyan parity");
    }
    one.path("classes").forEach(name -> paper.line("  in %s", name.asString()));
    new MismatchText(paper).print(one.path("example"));
    reproducer(paper, one);
  }

  /** What is there to show the cluster again. */
  private void reproducer(Paper paper, JsonNode one) {
    JsonNode reproducer = one.path("reproducer");
    String id = one.path("id").asString();
    String command =
        module == null
            ? "banyan reproduce --cluster " + id
            : "banyan reproduce " + module + " " + id;
    switch (reproducer.path("state").asString("")) {
      case "held" -> paper.line("  one is kept whole: %s", command);
      case "shrunk" -> {
        paper.line("  the smallest that differs so:");
        reproducer.path("input").forEach(line -> paper.line("    %s", line.asString()));
      }
      default -> {} // nothing is there yet
    }
  }
}
