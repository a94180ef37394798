package dev.banyan.vectors;

import dev.banyan.lua.BranchOutcome;
import dev.banyan.lua.Coverage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which code of a module vectors have run, as JSON: its lines, and both ways of its branches. */
public final class CoverageJson {
  private CoverageJson() {}

  /**
   * A tree for writing: {@code lines} and {@code branches}, each with {@code all}, {@code reached}
   * and {@code missing}.
   *
   * @param source the module's text, line by line; empty when it isn't at hand
   */
  public static Map<String, @Nullable Object> write(Coverage coverage, List<String> source) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put(
        "lines",
        counts(
            coverage.lines().size(),
            coverage.reached().size(),
            List.copyOf(coverage.missingLines())));
    tree.put(
        "branches",
        counts(
            coverage.branches().size(),
            coverage.taken().size(),
            coverage.missingBranches().stream().map(one -> branch(one, source)).toList()));
    return tree;
  }

  private static Map<String, Object> counts(int all, int reached, List<?> missing) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("all", all);
    tree.put("reached", reached);
    tree.put("missing", missing);
    return tree;
  }

  private static Map<String, Object> branch(BranchOutcome outcome, List<String> source) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("line", outcome.line());
    tree.put("never", outcome.never());
    tree.put("wanted", outcome.wanted());
    int index = outcome.line() - 1;
    tree.put("text", index < source.size() ? source.get(index).strip() : "");
    return tree;
  }
}
