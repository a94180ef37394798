package dev.banyan.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "retire",
    description = {
      "Tells whether a module's Lua file may be deleted, with the evidence or what is missing.",
      "Exits with 0 when it may, with 1 when not yet."
    })
final class RetireCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "The module, such as edge.waf.")
  String module = "";

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode proof = client.get(AdminClient.module(module, "/retire"));
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(proof));
    } else {
      print(paper, proof);
    }
    return proof.path("mayBeDeleted").asBoolean(false) ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private void print(Paper paper, JsonNode proof) {
    paper.row("", "ABOUT", "EVIDENCE");
    for (JsonNode one : proof.path("evidence")) {
      String next = one.path("next").asString("");
      String mark = one.path("state").asString("").toUpperCase(Locale.ROOT);
      paper.row(mark, one.path("about").asString(""), one.path("figure").asString(""));
      if (!next.isEmpty()) {
        paper.row("", "", "-> " + next);
      }
    }
    paper.table();
    paper.line("%s", verdict(proof));
  }

  private String verdict(JsonNode proof) {
    if (proof.path("retired").asBoolean(false)) {
      return module + " is retired: it has no Lua file any more";
    }
    return proof.path("mayBeDeleted").asBoolean(false)
        ? module
            + " may be retired: delete "
            + proof.path("file").asString("")
            + ", then reload or start anew"
        : module + " may not be retired yet: see what is MISSING";
  }
}
