package dev.banyan.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "rules",
    description = "Shows a module's parity rules, and how many mismatches each hides.")
final class RulesCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The module, such as edge.waf; without one, whole requests.")
  @Nullable String module;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode answer = client.get(AdminClient.parity(module, "/rules"));
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(answer));
      return ExitCodes.OK;
    }
    JsonNode rules = answer.path("rules");
    if (rules.isEmpty()) {
      paper.line("%s has no parity rule: every difference counts", AdminClient.whose(module));
      return ExitCodes.OK;
    }
    paper.row("HIDES", "AT", "DOES", "UNTIL", "LINE", "REASON");
    for (JsonNode rule : rules) {
      paper.row(
          Paper.count(rule.path("hidden").asLong(0)),
          place(rule),
          rule.path("does").asString(),
          rule.path("until").asString() + (rule.path("expired").asBoolean() ? " EXPIRED" : ""),
          rule.path("line").asLong(0),
          rule.path("reason").asString());
    }
    paper.table();
    return ExitCodes.OK;
  }

  private static String place(JsonNode rule) {
    String at = rule.path("at").asString();
    JsonNode function = rule.path("function");
    return function.isNull() ? at : at + " of " + function.asString();
  }
}
