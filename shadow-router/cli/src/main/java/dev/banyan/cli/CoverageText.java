package dev.banyan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Stateless: how much of a module's code vectors have run, for people. */
final class CoverageText {
  /** How many missing branches are shown. */
  private static final int MOST = 40;

  private CoverageText() {}

  /**
   * Prints lines and branches, and what is missing.
   *
   * @param coverage with {@code lines} and {@code branches}
   */
  static void print(JsonNode coverage, Paper paper) {
    JsonNode lines = coverage.path("lines");
    List<String> missing = new ArrayList<>();
    lines.path("missing").forEach(line -> missing.add(line.asString("")));
    paper.line(
        "lines %s%s",
        counts(lines), missing.isEmpty() ? "" : "; never " + String.join(", ", missing));
    JsonNode branches = coverage.path("branches");
    paper.line("branches %s", counts(branches));
    int shown = 0;
    for (JsonNode branch : branches.path("missing")) {
      if (shown++ < MOST) {
        paper.row(
            "  line " + branch.path("line").asInt(0) + ":",
            branch.path("never").asString(""),
            branch.path("text").asString(""));
      }
    }
    paper.table();
    if (shown > MOST) {
      paper.line("  and %d more: see --json", shown - MOST);
    }
  }

  /** Such as {@code 92 of 96 (95%)}. */
  static String counts(JsonNode part) {
    int all = part.path("all").asInt(0);
    int reached = part.path("reached").asInt(0);
    return all == 0
        ? "none"
        : String.format(
            Locale.ROOT, "%d of %d (%.0f%%)", reached, all, Math.floor(100.0 * reached / all));
  }
}
