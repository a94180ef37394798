package dev.banyan.cli;

import tools.jackson.databind.JsonNode;

/** Owned by its command: one call with both answers, for a terminal. */
final class MismatchText {
  private final Paper paper;

  MismatchText(Paper paper) {
    this.paper = paper;
  }

  void print(JsonNode mismatch) {
    paper.line(
        "#%d  %s  %s.%s",
        mismatch.path("id").asLong(0),
        mismatch.path("when").asString(),
        mismatch.path("module").asString(),
        mismatch.path("function").asString());
    mismatch
        .path("request")
        .properties()
        .forEach(part -> paper.row("  " + part.getKey(), shown(part.getValue())));
    paper.table();
    for (JsonNode difference : mismatch.path("differences")) {
      print(
          difference.path("path").asString(),
          shown(difference.path("lua")),
          shown(difference.path("java")));
    }
    paper.line("");
  }

  private void print(String path, String lua, String java) {
    paper.line("  at %s", path).line("    lua   %s", lua).line("    java  %s", java);
    int start = commonStart(lua, java);
    int end = commonEnd(lua, java, start);
    int marked = Math.max(lua.length(), java.length()) - end - start;
    if (start + end > 0 && marked > 0) {
      paper.line("          %s%s", " ".repeat(start), "^".repeat(marked));
    }
  }

  private static int commonStart(String a, String b) {
    int start = 0;
    while (start < a.length() && start < b.length() && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    return start;
  }

  private static int commonEnd(String a, String b, int start) {
    int end = 0;
    while (end < a.length() - start
        && end < b.length() - start
        && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    return end;
  }

  private static String shown(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "nothing" : Plain.text(value.toString());
  }
}
