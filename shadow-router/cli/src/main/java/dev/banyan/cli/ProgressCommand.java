package dev.banyan.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "progress",
    description =
        "Shows how far the migration is: modules by stage, requests by path, forecast, cost.")
final class ProgressCommand implements Callable<Integer> {
  /** Days of the past that the text shows; --json has all. */
  private static final int DAYS = 14;

  private static final long DAY = 86_400;

  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode tree = client.get("/api/v1/progress");
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(tree));
      return ExitCodes.OK;
    }
    List<String> stages = new ArrayList<>();
    for (Map.Entry<String, JsonNode> stage : tree.path("stages").properties()) {
      if (stage.getValue().asLong(0) > 0) {
        stages.add(stage.getValue().asLong(0) + " " + stage.getKey());
      }
    }
    paper.line("modules:  %d: %s", tree.path("modules").asLong(0), String.join(", ", stages));
    JsonNode paths = tree.path("paths");
    paper.line(
        "requests: last 24 h %s; the 24 h before %s",
        share(paths.path("lastDay")), share(paths.path("dayBefore")));
    paper.line("forecast: %s", tree.path("forecast").asString(""));
    cost(paper, tree.path("cost"));
    modules(paper, tree.path("byModule"));
    days(paper, tree.path("series"));
    return ExitCodes.OK;
  }

  private static String share(JsonNode path) {
    long without = path.path("withoutLua").asLong(0);
    long all = without + path.path("inLua").asLong(0);
    return all == 0
        ? "none"
        : Paper.percent((double) without / all) + " of " + Paper.count(all) + " without Lua";
  }

  private static void cost(Paper paper, JsonNode cost) {
    long measured = cost.path("measuredModules").asLong(0);
    if (measured == 0) {
      paper.line("cost:     not measured yet: it is in shadow and canary, on both sides of a call");
      return;
    }
    paper.line(
        "cost:     Java's calls have saved %s of CPU and %s of allocation, by %d modules measured",
        seconds(cost.path("savedCpuSeconds").asDouble(0)),
        octets(cost.path("savedAllocatedOctets").asDouble(0)),
        measured);
    paper.line("          %s", cost.path("note").asString(""));
  }

  private static String seconds(double seconds) {
    return Math.abs(seconds) >= 7200
        ? String.format(Locale.ROOT, "%.1f h", seconds / 3600)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }

  private static String octets(double octets) {
    double kilo = octets / 1024;
    if (Math.abs(kilo) < 1024) {
      return String.format(Locale.ROOT, "%.1f KiB", kilo);
    }
    return Math.abs(kilo) < 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f MiB", kilo / 1024)
        : String.format(Locale.ROOT, "%.1f GiB", kilo / 1024 / 1024);
  }

  private static void modules(Paper paper, JsonNode modules) {
    paper.line("");
    paper.row("MODULE", "STAGE", "JAVA CALLS", "CPU LUA", "CPU JAVA", "SAVED", "JAVA SINCE");
    for (JsonNode one : modules) {
      JsonNode cost = one.path("cost");
      boolean known = cost.isObject();
      paper.row(
          one.path("name").asString(""),
          one.path("stage").asString(""),
          Paper.count(one.path("javaCalls").asLong(0)),
          known ? Paper.micros(cost.path("luaMicros").asDouble(0)) : "-",
          known ? Paper.micros(cost.path("javaMicros").asDouble(0)) : "-",
          known ? seconds(cost.path("savedCpuSeconds").asDouble(0)) : "-",
          one.path("javaSince").asString("-").replaceFirst("\\.\\d+Z", "Z"));
    }
    paper.table();
  }

  /** The past by day, the newest last. */
  private static void days(Paper paper, JsonNode series) {
    List<long[]> days = new ArrayList<>();
    for (JsonNode point : series) {
      long day = point.path("at").asLong(0) / DAY;
      if (days.isEmpty() || days.getLast()[0] != day) {
        days.add(new long[] {day, 0, 0, 0, 0});
      }
      long[] last = days.getLast();
      last[1] += point.path("withoutLua").asLong(0);
      last[2] += point.path("inLua").asLong(0);
      JsonNode stages = point.path("stages");
      last[3] = stages.path("java").asLong(0) + stages.path("retired").asLong(0);
      last[4] = stages.path("canary").asLong(0) + stages.path("shadow").asLong(0);
    }
    paper.line("");
    paper.row("DAY", "AT JAVA", "ON THE WAY", "REQUESTS", "WITHOUT LUA");
    for (long[] day : days.subList(Math.max(0, days.size() - DAYS), days.size())) {
      long all = day[1] + day[2];
      paper.row(
          LocalDate.ofEpochDay(day[0]),
          day[3],
          day[4],
          Paper.count(all),
          all == 0 ? "-" : Paper.percent((double) day[1] / all));
    }
    paper.table();
  }
}
