package dev.banyan.cli;

import tools.jackson.databind.JsonNode;

/** Tells which lines of a module's Lua no shadowed call has reached. */
final class UnreachedText {
  private static final int MOST = 20;

  private UnreachedText() {}

  /** A count, and each stretch of lines. */
  static void print(JsonNode lines, Paper paper) {
    int all = lines.path("all").asInt(0);
    if (all == 0) {
      paper.line("no shadowed call has run any line of %s", file(lines));
      return;
    }
    paper.line(
        "shadowed calls have reached %s lines of %s", CoverageText.counts(lines), file(lines));
    int shown = 0;
    for (JsonNode one : lines.path("missing")) {
      if (shown++ < MOST) {
        paper.row("  never " + stretch(one), one.path("text").asString(), function(one));
      }
    }
    paper.table();
    if (shown > MOST) {
      paper.line("  and %d more stretches: see --json", shown - MOST);
    }
  }

  /** What to know before Java answers; empty when every line was reached. */
  static String warning(JsonNode lines, String module) {
    int all = lines.path("all").asInt(0);
    int never = all - lines.path("reached").asInt(0);
    if (all == 0) {
      return "note: no call of " + module + " was shadowed since its Lua was loaded";
    }
    return never == 0
        ? ""
        : "note: "
            + never
            + " of "
            + all
            + " lines of its Lua were reached by no shadowed call: see banyan parity "
            + module;
  }

  private static String file(JsonNode lines) {
    String file = lines.path("file").asString("");
    return file.isEmpty() ? lines.path("module").asString() : file;
  }

  private static String stretch(JsonNode one) {
    int from = one.path("from").asInt();
    int to = one.path("to").asInt();
    return from == to ? Integer.toString(from) : from + "-" + to;
  }

  private static String function(JsonNode one) {
    String name = one.path("function").asString("");
    return name.isEmpty() || name.equals(one.path("text").asString()) ? "" : "in " + name;
  }
}
