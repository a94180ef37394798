package dev.banyan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "parity",
    description =
        "Shows on one page what is known of a module's parity: verdicts, proof, causes of"
            + " differences, noise, lines of the Lua that the shadow never reached. Without a"
            + " module, what is known of whole requests.")
final class ParityCommand implements Callable<Integer> {
  private static final int MOST_CLUSTERS = 10;

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
    return module == null ? path(client) : module(client);
  }

  private int path(AdminClient client) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    JsonNode page = get(client, all, "path", "");
    JsonNode clusters = get(client, all, "clusters", "/clusters?limit=" + MOST_CLUSTERS);
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(new JsonMapper().valueToTree(all)));
      return ExitCodes.OK;
    }
    double percent = page.path("percent").asDouble(0);
    paper.line(
        "%s  %s",
        AdminClient.whose(module),
        percent == 0
            ? "not followed: set parity.path-percent"
            : Paper.percent(percent / 100)
                + " of the old path's requests are run through the ports");
    verdicts(paper, page);
    clusters(paper, clusters);
    reasons(
        paper,
        "not measured, by reason (these say nothing about the ports)",
        page.path("notMeasured"));
    reasons(paper, "measured in part, by what is left out", page.path("partlyMeasured"));
    return ExitCodes.OK;
  }

  private static void reasons(Paper paper, String title, JsonNode reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    paper.line("").line("%s", title);
    for (JsonNode one : reasons) {
      paper.row("  " + count(one, "requests"), one.path("reason").asString());
    }
    paper.table();
  }

  private int module(AdminClient client) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    JsonNode page = get(client, all, "module", "");
    JsonNode clusters = get(client, all, "clusters", "/clusters?limit=" + MOST_CLUSTERS);
    JsonNode noise = get(client, all, "noise", "/noise");
    JsonNode lines = get(client, all, "lines", "/lines");
    Paper paper = new Paper(spec.commandLine().getOut());
    if (admin.json) {
      paper.line("%s", client.pretty(new JsonMapper().valueToTree(all)));
      return ExitCodes.OK;
    }
    paper.line("%s  %s", AdminClient.whose(module), page.path("flag").path("summary").asString());
    verdicts(paper, page);
    clusters(paper, clusters);
    noise(paper, noise);
    UnreachedText.print(lines, paper.line(""));
    return ExitCodes.OK;
  }

  private JsonNode get(
      AdminClient client, Map<String, @Nullable Object> all, String name, String part) {
    JsonNode answer = client.get(AdminClient.parity(module, part));
    all.put(name, answer);
    return answer;
  }

  private static void verdicts(Paper paper, JsonNode page) {
    JsonNode parity = page.path("parity");
    paper.line(
        "compared %s: %s agree, %s differ, %s let pass by rules; %s broken, %s skipped",
        count(parity, "compared"),
        count(parity, "matched"),
        count(parity, "mismatched"),
        count(parity, "ignored"),
        count(parity, "broken"),
        count(parity, "skipped"));
    if (parity.path("compared").asLong(0) > 0) {
      paper.line(
          "parity %s, at least %s",
          Paper.percent(parity.path("share").asDouble(0)),
          Paper.percent(parity.path("atLeast").asDouble(0)));
    }
    paper.line("%s", ClassesCommand.verdict(parity.path("proof")));
  }

  private void clusters(Paper paper, JsonNode answer) {
    JsonNode clusters = answer.path("clusters");
    if (clusters.isEmpty()) {
      return;
    }
    String name = module == null ? "" : " " + module;
    paper.line("").line("differences by cause (banyan mismatches%s shows each)", name);
    for (JsonNode one : clusters) {
      paper.row(
          "  " + count(one, "count"),
          one.path("id").asString(),
          one.path("function").asString() + ": " + places(one),
          module == null ? "" : "reproducer " + one.at("/reproducer/state").asString(),
          one.path("noisy").asBoolean(false) ? "NOISE: Lua differs from itself there" : "");
    }
    paper.table();
    long more = answer.path("total").asLong(0) - clusters.size();
    if (more > 0) {
      paper.line("  and %s more", Paper.count(more));
    }
  }

  private static String places(JsonNode cluster) {
    StringBuilder text = new StringBuilder();
    for (JsonNode place : cluster.path("places")) {
      text.append(text.isEmpty() ? "" : "; ")
          .append(place.path("place").asString())
          .append(", ")
          .append(place.path("kind").asString());
    }
    return text.toString();
  }

  private static void noise(Paper paper, JsonNode noise) {
    long measured = noise.path("measured").asLong(0);
    if (measured == 0 && noise.path("unmeasured").isEmpty()) {
      paper.line("").line("noise: not measured (parity.noise-percent)");
      return;
    }
    paper
        .line("")
        .line(
            "noise: Lua answered %s calls twice, and differed from itself in %s",
            Paper.count(measured), count(noise, "differed"));
    for (JsonNode place : noise.path("places")) {
      paper.row(
          "  " + count(place, "calls"),
          place.path("function").asString(),
          place.path("place").asString());
    }
    paper.table();
    noise
        .path("unmeasured")
        .properties()
        .forEach(one ->
            paper.line(
                "  not measured: %s, %s", Paper.count(one.getValue().asLong(0)), one.getKey()));
  }

  private static String count(JsonNode tree, String name) {
    return Paper.count(tree.path(name).asLong(0));
  }
}
