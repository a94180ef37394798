package dev.banyan.server.progress;

import dev.banyan.router.parity.CallCost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is remembered, as JSON on disk. */
final class ProgressJson {
  private ProgressJson() {}

  static Map<String, Object> write(Stretch stretch) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("at", stretch.at().toString());
    tree.put("seconds", stretch.span().toSeconds());
    tree.put("withoutLua", stretch.withoutLua());
    tree.put("inLua", stretch.inLua());
    Map<String, Object> rows = new LinkedHashMap<>();
    stretch
        .modules()
        .forEach((name, row) ->
            rows.put(name, List.of(row.stage().label(), row.lua(), row.java(), row.fallbacks())));
    tree.put("modules", rows);
    return tree;
  }

  static Stretch stretch(JsonNode tree) {
    Map<String, Stretch.Row> rows = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : tree.path("modules").properties()) {
      JsonNode row = one.getValue();
      rows.put(
          one.getKey(),
          new Stretch.Row(
              Stage.of(row.path(0).asString("")),
              row.path(1).asLong(0),
              row.path(2).asLong(0),
              row.path(3).asLong(0)));
    }
    return new Stretch(
        instant(tree, "at"),
        Duration.ofSeconds(tree.path("seconds").asLong(0)),
        tree.path("withoutLua").asLong(0),
        tree.path("inLua").asLong(0),
        rows);
  }

  static Map<String, @Nullable Object> write(ModuleTrack track) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("checksum", track.checksum());
    tree.put("portSince", track.portSince().toString());
    JavaRun run = track.run();
    tree.put("run", run == null ? null : write(run));
    ParityRecord parity = track.parity();
    tree.put("parity", parity == null ? null : write(parity));
    CallCost cost = track.cost();
    tree.put(
        "cost",
        List.of(
            cost.calls(), cost.luaNanos(), cost.luaOctets(), cost.javaNanos(), cost.javaOctets()));
    LinesRecord lines = track.lines();
    tree.put("lines", lines == null ? null : write(lines));
    return tree;
  }

  static ModuleTrack track(JsonNode tree) {
    JsonNode cost = tree.path("cost");
    return new ModuleTrack(
        tree.path("checksum").asString(""),
        instant(tree, "portSince"),
        tree.hasNonNull("run") ? run(tree.path("run")) : null,
        tree.hasNonNull("parity") ? parity(tree.path("parity")) : null,
        new CallCost(
            cost.path(0).asLong(0),
            cost.path(1).asLong(0),
            cost.path(2).asLong(0),
            cost.path(3).asLong(0),
            cost.path(4).asLong(0)),
        tree.hasNonNull("lines") ? lines(tree.path("lines")) : null);
  }

  private static Map<String, @Nullable Object> write(LinesRecord lines) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("at", lines.at().toString());
    tree.put("all", lines.all());
    tree.put("reached", lines.reached());
    tree.put("missing", lines.missing());
    return tree;
  }

  private static LinesRecord lines(JsonNode tree) {
    List<Integer> missing = new ArrayList<>();
    tree.path("missing").forEach(line -> missing.add(line.asInt(0)));
    return new LinesRecord(
        instant(tree, "at"), tree.path("all").asInt(0), tree.path("reached").asInt(0), missing);
  }

  private static Map<String, @Nullable Object> write(JavaRun run) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("flagSince", run.flagSince().toString());
    tree.put("countedSince", run.countedSince().toString());
    tree.put("javaCalls", run.javaCalls());
    tree.put("fallbacks", run.fallbacks());
    Instant last = run.lastFallback();
    tree.put("lastFallback", last == null ? null : last.toString());
    return tree;
  }

  private static JavaRun run(JsonNode tree) {
    return new JavaRun(
        instant(tree, "flagSince"),
        instant(tree, "countedSince"),
        tree.path("javaCalls").asLong(0),
        tree.path("fallbacks").asLong(0),
        tree.hasNonNull("lastFallback") ? instant(tree, "lastFallback") : null);
  }

  private static Map<String, @Nullable Object> write(ParityRecord parity) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("at", parity.at().toString());
    tree.put("compared", parity.compared());
    tree.put("different", parity.different());
    tree.put("proven", parity.proven());
    tree.put("atLeast", parity.atLeast());
    tree.put("classes", parity.classes());
    tree.put("unproven", parity.unproven());
    tree.put("weakest", parity.weakest());
    return tree;
  }

  private static ParityRecord parity(JsonNode tree) {
    return new ParityRecord(
        instant(tree, "at"),
        tree.path("compared").asLong(0),
        tree.path("different").asLong(0),
        tree.path("proven").asBoolean(false),
        tree.path("atLeast").asDouble(0),
        tree.path("classes").asInt(0),
        tree.path("unproven").asInt(0),
        tree.path("weakest").asString(""));
  }

  private static Instant instant(JsonNode tree, String key) {
    return Instant.parse(tree.path(key).asString(""));
  }
}
