package dev.banyan.server.lines;

import dev.banyan.gateway.Gateway;
import dev.banyan.lua.seam.ShadowedLines.Lines;
import dev.banyan.server.reproduce.CallTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe, but not for workers' threads: which lines of a module's Lua no shadowed call has
 * reached since the module was loaded.
 */
public final class UnreachedLines {
  private final CallTexts texts;
  private volatile @Nullable Gateway gateway;

  /** Tells lines as these texts have them. */
  public UnreachedLines(CallTexts texts) {
    this.texts = texts;
  }

  /** Tells whose traffic it is. */
  public void serve(Gateway running) {
    gateway = running;
  }

  /**
   * The lines as a tree: {@code all} and {@code reached} count them, {@code missing} has those in
   * question as stretches within one function. All is 0 while no call was shadowed.
   */
  public Map<String, @Nullable Object> tree(String module) {
    Gateway running = gateway;
    Lines lines = running == null ? Lines.NONE : running.shadowedLines(module);
    List<String> text = texts.lines(module);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", module);
    tree.put("file", texts.file(module));
    tree.put("all", lines.functions().size());
    tree.put("reached", lines.reached().size());
    tree.put("missing", stretches(lines, text));
    return tree;
  }

  private static List<Map<String, @Nullable Object>> stretches(Lines lines, List<String> text) {
    List<Map<String, @Nullable Object>> stretches = new ArrayList<>();
    int from = 0;
    int last = 0;
    int in = 0;
    for (int line : new TreeSet<>(lines.functions().keySet())) {
      boolean missing = !lines.reached().contains(line);
      int function = lines.functions().getOrDefault(line, 0);
      if (from > 0 && (!missing || function != in)) {
        stretches.add(stretch(from, last, in, text));
        from = 0;
      }
      if (missing) {
        from = from == 0 ? line : from;
        last = line;
        in = function;
      }
    }
    if (from > 0) {
      stretches.add(stretch(from, last, in, text));
    }
    return stretches;
  }

  private static Map<String, @Nullable Object> stretch(
      int from, int to, int function, List<String> text) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("from", from);
    tree.put("to", to);
    tree.put("function", at(text, function));
    tree.put("text", at(text, from));
    return tree;
  }

  private static String at(List<String> text, int line) {
    return line >= 1 && line <= text.size() ? text.get(line - 1).strip() : "";
  }
}
