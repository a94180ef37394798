package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "mismatches",
    description = "Shows calls to which Lua and Java answered differently; newest first.")
final class MismatchesCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "The module, such as edge.waf.")
  String module = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode answer = client.get(AdminClient.module(module, "/mismatches?limit=" + limit));
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(answer));
      return ExitCodes.OK;
    }
    if (answer.path("mismatches").isEmpty()) {
      paper.line("%s has no mismatch", module);
    }
    answer.path("mismatches").forEach(mismatch -> print(paper, mismatch));
    return ExitCodes.OK;
  }

  private static void print(Paper paper, JsonNode mismatch) {
    paper.line(
        "#%d  %s  %s.%s",
        mismatch.path("id").asLong(0),
        mismatch.path("when").asString(),
        mismatch.path("module").asString(),
        mismatch.path("function").asString());
    mismatch
        .path("request")
        .properties()
        .forEach(part -> paper.row("  " + part.getKey(), shown(part.getValue())));
    paper.table();
    for (JsonNode difference : mismatch.path("differences")) {
      paper
          .line("  at %s", difference.path("path").asString())
          .line("    lua   %s", shown(difference.path("lua")))
          .line("    java  %s", shown(difference.path("java")));
    }
    paper.line("");
  }

  private static String shown(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "nothing";
    }
    return value.toString();
  }
}
