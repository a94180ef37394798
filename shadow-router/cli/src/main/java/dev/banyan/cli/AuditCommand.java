package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "audit", description = "Shows who changed which flag, when and why; newest first.")
final class AuditCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode answer = client.get("/api/v1/audit?limit=" + limit);
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(answer));
      return ExitCodes.OK;
    }
    if (answer.path("audit").isEmpty()) {
      paper.line("no flag was ever changed");
      return ExitCodes.OK;
    }
    paper.row("VERSION", "WHEN", "MODULE", "CHANGE", "WHO", "WHY");
    answer.path("audit").forEach(entry -> AuditLines.row(paper, entry));
    paper.table();
    return ExitCodes.OK;
  }
}
