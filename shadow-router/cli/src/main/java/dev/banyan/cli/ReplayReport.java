package dev.banyan.cli;

import dev.banyan.vectors.CoverageJson;
import dev.banyan.vectors.LuaRun;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.ReplayRun.Result;
import dev.banyan.vectors.ResultText;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Immutable: what a replay came to. A port isn't judged by a vector that Lua itself no longer
 * answers so.
 */
final class ReplayReport {
  private final ReplayRun port;
  private final @Nullable LuaRun lua;
  private final List<String> source;
  private final List<LuaRun.Result> stale;
  private final List<Result> failures;

  /**
   * A report.
   *
   * @param lua null when Lua wasn't asked
   * @param source the Lua module's text, line by line
   */
  ReplayReport(ReplayRun port, @Nullable LuaRun lua, List<String> source, Declines declines) {
    this.port = port;
    this.lua = lua;
    this.source = List.copyOf(source);
    this.stale = lua == null ? List.of() : lua.stale();
    Set<String> unjudged = new HashSet<>();
    stale.forEach(one -> unjudged.add(one.vector().name()));
    this.failures =
        port.failures(declines).stream()
            .filter(one -> !unjudged.contains(one.vector().name()))
            .toList();
  }

  /** Whether the port does all that was recorded, and Lua still does, if it was asked. */
  boolean isGood() {
    return failures.isEmpty() && stale.isEmpty();
  }

  void print(PrintWriter out, int limit, long micros) {
    show(out, failures.stream().map(ResultText::of).toList(), limit);
    if (!stale.isEmpty()) {
      out.println("Lua itself no longer answers these so; the port is not judged by them:\n");
      show(out, stale.stream().map(ResultText::of).toList(), limit);
    }
    out.println(
        String.format(Locale.ROOT, "%s in %s", port.summary(), Paper.micros((double) micros)));
    if (lua != null) {
      out.println(lua.summary());
      if (!stale.isEmpty()) {
        out.println(
            "  the Lua was changed, or the module keeps something between calls: record again");
      }
      Paper paper = new Paper(out);
      CoverageText.print(coverage(lua), paper);
    }
  }

  private static void show(PrintWriter out, List<String> texts, int limit) {
    texts.stream().limit(limit).forEach(text -> out.println(text + "\n"));
    if (texts.size() > limit) {
      out.println((texts.size() - limit) + " more: show them with --limit\n");
    }
  }

  private JsonNode coverage(LuaRun run) {
    return new JsonMapper().valueToTree(CoverageJson.write(run.coverage(), source));
  }

  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("summary", port.summary());
    tree.put("vectors", port.results().size());
    tree.put("failures", failures.size());
    Map<String, String> each = new LinkedHashMap<>();
    failures.forEach(one -> each.put(one.vector().name(), ResultText.of(one)));
    tree.put("failed", each);
    if (lua != null) {
      Map<String, @Nullable Object> ofLua = new LinkedHashMap<>();
      ofLua.put("summary", lua.summary());
      Map<String, String> otherwise = new LinkedHashMap<>();
      stale.forEach(one -> otherwise.put(one.vector().name(), ResultText.of(one)));
      ofLua.put("otherwise", otherwise);
      ofLua.putAll(CoverageJson.write(lua.coverage(), source));
      tree.put("lua", ofLua);
    }
    return tree;
  }
}
