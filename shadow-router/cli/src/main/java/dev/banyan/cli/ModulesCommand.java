package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "modules", description = "Lists the modules with mode, traffic and parity.")
final class ModulesCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode answer = client.get("/api/v1/modules");
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(answer));
      return ExitCodes.OK;
    }
    paper.row(
        "MODULE",
        "MODE",
        "BY LUA",
        "BY JAVA",
        "PARITY",
        "AT LEAST",
        "PROVEN",
        "COMPARED",
        "DIFFERENT",
        "FALLBACKS",
        "LUA P99",
        "JAVA P99");
    for (JsonNode module : answer.path("modules")) {
      row(paper, module);
    }
    paper.table();
    return ExitCodes.OK;
  }

  private static void row(Paper paper, JsonNode module) {
    JsonNode parity = module.path("parity");
    long compared = parity.path("compared").asLong(0);
    boolean ported = module.path("ported").asBoolean(false);
    paper.row(
        module.path("name").asString(),
        ported ? module.path("flag").path("summary").asString() : "lua (no port)",
        Paper.count(module.path("luaCalls").asLong(0)),
        Paper.count(module.path("javaCalls").asLong(0)),
        compared == 0 ? "-" : Paper.percent(parity.path("share").asDouble(0)),
        compared == 0 ? "-" : Paper.percent(parity.path("proof").path("atLeast").asDouble(0)),
        compared == 0 ? "-" : parity.path("proof").path("holds").asBoolean(false) ? "yes" : "no",
        Paper.count(compared),
        Paper.count(parity.path("mismatched").asLong(0) + parity.path("broken").asLong(0)),
        Paper.count(module.path("fallbackTotal").asLong(0)),
        p99(module.path("luaLatency")),
        p99(module.path("javaLatency")));
  }

  private static String p99(JsonNode latency) {
    return latency.path("count").asLong(0) == 0
        ? "-"
        : Paper.micros(latency.path("p99Micros").asDouble(0));
  }
}
