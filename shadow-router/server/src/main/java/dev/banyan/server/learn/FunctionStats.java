package dev.banyan.server.learn;

import dev.banyan.api.Journal;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Owned by its session's lock: what the calls of one function had in common. */
final class FunctionStats {
  /** The most different places, errors or keys that are told apart. */
  private static final int MOST_PLACES = 100;

  private final ModuleText text;
  private final Map<String, Long> phases = new TreeMap<>();
  private final List<TypeStats> arguments = new ArrayList<>();
  private final List<TypeStats> results = new ArrayList<>();
  private final Map<String, Long> endings = new TreeMap<>();
  private final Map<String, Long> errors = new TreeMap<>();
  private final Map<String, TypeStats> reads = new TreeMap<>();
  private final Map<String, TypeStats> writes = new TreeMap<>();
  private final Map<String, Long> world = new TreeMap<>();
  private long calls;

  FunctionStats(ModuleText text) {
    this.text = text;
  }

  void add(RecordedCall call) {
    calls++;
    phases.merge(call.phase().luaName(), 1L, Long::sum);
    positions(arguments, call.arguments());
    if (call.ending() == null && call.error() == null) {
      positions(results, call.results());
    }
    count(endings, call.ending() == null ? "returns" : call.ending());
    if (call.error() != null) {
      count(errors, call.error());
    }
    reads(call.before());
    changes(call).forEach((place, value) -> place(writes, place, value));
    for (Journal.Entry entry : call.journal().entries()) {
      count(world, words(entry));
    }
  }

  /** A position that a call doesn't have is nil there. */
  private void positions(List<TypeStats> stats, List<@Nullable Object> values) {
    while (stats.size() < values.size()) {
      stats.add(new TypeStats());
    }
    for (int i = 0; i < stats.size(); i++) {
      stats.get(i).add(i < values.size() ? values.get(i) : null);
    }
  }

  private void reads(RecordedState state) {
    for (String path : text.ctxPaths()) {
      place(reads, "ctx " + path, at(state.ctx(), path));
    }
    for (String name : text.read()) {
      place(reads, "var " + name, state.variables().get(name));
    }
  }

  private static @Nullable Object at(Map<?, ?> tree, String path) {
    Object value = tree;
    for (String key : path.split("\\.")) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }

  /** The places whose values a call has changed, with the new ones. */
  static Map<String, @Nullable Object> changes(RecordedCall call) {
    RecordedState before = call.before();
    RecordedState after = call.after();
    Map<String, @Nullable Object> changes = new TreeMap<>();
    differing("ctx ", before.ctx(), after.ctx(), changes);
    differing("var ", before.variables(), after.variables(), changes);
    differing(
        "request header ", head(before.requestHeaders()), head(after.requestHeaders()), changes);
    differing(
        "response header ", head(before.responseHeaders()), head(after.responseHeaders()), changes);
    differing("", line(before), line(after), changes);
    if (call.ending() != null) {
      changes.remove("status"); // The ending tells it.
    }
    call.journal()
        .entries()
        .forEach(entry -> {
          if (entry instanceof Journal.Entry.Chose(String what, String value)) {
            changes.put(what, value);
          }
        });
    return changes;
  }

  private static Map<String, @Nullable Object> line(RecordedState state) {
    Map<String, @Nullable Object> line = new TreeMap<>();
    line.put("uri", state.uri());
    line.put("args", state.args());
    line.put("status", (double) state.status());
    line.put("chunk", state.chunk());
    return line;
  }

  private static Map<String, String> head(List<RecordedState.Field> head) {
    Map<String, String> joined = new TreeMap<>();
    head.forEach(field ->
        joined.merge(field.name().toLowerCase(Locale.ROOT), field.value(), (a, b) -> a + ", " + b));
    return joined;
  }

  private static void differing(
      String kind, Map<String, ?> before, Map<String, ?> after, Map<String, @Nullable Object> to) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        to.put(kind + name, after.get(name));
      }
    }
  }

  private static void place(Map<String, TypeStats> stats, String place, @Nullable Object value) {
    if (stats.containsKey(place) || stats.size() < MOST_PLACES) {
      stats.computeIfAbsent(place, _ -> new TypeStats()).add(value);
    }
  }

  private static void count(Map<String, Long> counts, String what) {
    if (counts.containsKey(what) || counts.size() < MOST_PLACES) {
      counts.merge(what, 1L, Long::sum);
    }
  }

  /** What was asked of the world, with keys by their pattern. */
  private static String words(Journal.Entry entry) {
    return switch (entry) {
      case Journal.Entry.Draw _ -> "random number";
      case Journal.Entry.Time _ -> "time";
      case Journal.Entry.DictCall call ->
          "dict " + call.dict() + " " + call.operation() + " " + pattern(call.key());
      case Journal.Entry.Connected(long _, var transport, String host, int port) ->
          transport.name().toLowerCase(Locale.ROOT) + " " + host + ":" + port;
      case Journal.Entry.Sent _ -> "octets sent";
      case Journal.Entry.Received _ -> "octets received";
      case Journal.Entry.Resolved(String name, var _) -> "name " + name;
      case Journal.Entry.Chose(String what, String _) -> "chose " + what;
      case Journal.Entry.Logged _ -> "line of the error log";
    };
  }

  /** A key with its addresses, numbers and long words left out. */
  static String pattern(String key) {
    return key.replaceAll("\\d{1,3}(\\.\\d{1,3}){3}", "<address>")
        .replaceAll("[0-9a-fA-F]{16,}", "<hex>")
        .replaceAll("\\d+", "<number>");
  }

  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("calls", calls);
    tree.put("phases", new TreeMap<>(phases));
    tree.put("arguments", arguments.stream().map(TypeStats::tree).toList());
    tree.put("results", results.stream().map(TypeStats::tree).toList());
    tree.put("endings", new TreeMap<>(endings));
    tree.put("errors", new TreeMap<>(errors));
    tree.put("reads", trees(reads));
    tree.put("writes", trees(writes));
    tree.put("world", new TreeMap<>(world));
    return tree;
  }

  private static Map<String, Object> trees(Map<String, TypeStats> stats) {
    Map<String, Object> trees = new LinkedHashMap<>();
    stats.forEach((place, one) -> trees.put(place, one.tree()));
    return trees;
  }
}
