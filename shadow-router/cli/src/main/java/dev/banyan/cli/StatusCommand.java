package dev.banyan.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "Shows whether Banyan is well.")
final class StatusCommand implements Callable<Integer> {
  private static final int MOST_REASONS = 5;

  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode status = client.get("/api/v1/status");
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(status));
      return ExitCodes.OK;
    }
    Duration uptime = Duration.ofSeconds(status.path("uptimeSeconds").asLong(0));
    JsonNode shadow = status.path("shadow");
    paper
        .line(
            "%s, up %d:%02d:%02d, flags at version %d",
            status.path("state").asString(),
            uptime.toHours(),
            uptime.toMinutesPart(),
            uptime.toSecondsPart(),
            status.path("flagsVersion").asLong(0))
        .line("serving  %s", status.path("conf").asString())
        .line("modules  %s", modes(status.path("modules")))
        .line(
            "shadow   %s observed, %s shed, %s failed, %s waiting",
            Paper.count(shadow.path("taken").asLong(0)),
            Paper.count(shadow.path("shed").asLong(0)),
            Paper.count(shadow.path("failed").asLong(0)),
            Paper.count(shadow.path("waiting").asLong(0)));
    paths(paper, status.path("paths"));
    return status.path("ready").asBoolean(false) ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private static void paths(Paper paper, JsonNode paths) {
    paper.line(
        "requests %s without Lua, %s in Lua",
        Paper.count(paths.path("withoutLua").asLong(0)),
        Paper.count(paths.path("inLua").asLong(0)));
    int shown = 0;
    for (JsonNode one : paths.path("reasons")) {
      if (shown++ < MOST_REASONS) {
        paper.row(
            "        ",
            Paper.count(one.path("requests").asLong(0)),
            one.path("reason").asString(""));
      }
    }
    paper.table();
  }

  private static String modes(JsonNode modes) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> mode : modes.properties()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(mode.getValue().asInt(0))
          .append(' ')
          .append(mode.getKey());
    }
    return text.toString();
  }
}
