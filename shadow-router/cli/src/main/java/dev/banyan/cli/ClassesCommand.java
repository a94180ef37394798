package dev.banyan.cli;

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
    name = "classes",
    description = "Shows a module's parity by class of traffic; the weakest first.")
final class ClassesCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The module, such as edge.waf; without one, whole requests.")
  @Nullable String module;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode answer = client.get(AdminClient.parity(module, "/classes"));
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(answer));
      return ExitCodes.OK;
    }
    print(paper, answer);
    return ExitCodes.OK;
  }

  private void print(Paper paper, JsonNode answer) {
    paper.line("%s: %s", AdminClient.whose(module), verdict(answer.path("proof")));
    JsonNode classes = answer.path("classes");
    if (classes.isEmpty()) {
      return;
    }
    paper.row("CLASS", "PARITY", "AT LEAST", "COMPARED", "DIFFERENT", "IGNORED", "SKIPPED");
    int shown = 0;
    for (JsonNode one : classes) {
      if (shown++ == limit) {
        break;
      }
      row(paper, one);
    }
    paper.table();
    if (classes.size() > limit) {
      paper.line("and %d more: --limit %d shows all", classes.size() - limit, classes.size());
    }
    long overflowed = answer.path("overflowed").asLong(0);
    if (overflowed > 0) {
      paper.line(
          "%s calls came when there were too many classes: take a variable with fewer values as"
              + " class-key",
          Paper.count(overflowed));
    }
  }

  private static void row(Paper paper, JsonNode one) {
    long compared = one.path("compared").asLong(0);
    paper.row(
        one.path("label").asString(),
        compared == 0 ? "-" : Paper.percent(one.path("share").asDouble(0)),
        compared == 0 ? "-" : Paper.percent(one.path("atLeast").asDouble(0)),
        Paper.count(compared),
        Paper.count(one.path("mismatched").asLong(0) + one.path("broken").asLong(0)),
        Paper.count(one.path("ignored").asLong(0)),
        Paper.count(one.path("skipped").asLong(0)));
  }

  /** What the classes prove, in one line. */
  static String verdict(JsonNode proof) {
    long classes = proof.path("classes").asLong(0);
    if (classes == 0) {
      return "nothing was compared yet";
    }
    String target = Paper.percent(proof.path("target").asDouble(0));
    if (proof.path("holds").asBoolean(false)) {
      return "proven: each of " + classes + " classes agrees in at least " + target;
    }
    return "not proven: "
        + proof.path("unproven").asLong(0)
        + " of "
        + classes
        + " classes below "
        + target
        + "; "
        + weakest(proof);
  }

  private static String weakest(JsonNode proof) {
    long different = proof.path("weakestDifferent").asLong(0);
    return different > 0
        ? "in the weakest "
            + Paper.count(different)
            + " of "
            + Paper.count(proof.path("weakestCompared").asLong(0))
            + " calls differ"
        : "the weakest needs "
            + Paper.count(proof.path("missing").asLong(0))
            + " more calls that agree";
  }
}
