package dev.banyan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Owned by its command: what was learned, for people. */
final class LearnText {
  private static final Pattern KEEP = Pattern.compile("--keep \\S+$");

  private final JsonNode report;
  private final List<String> kept;
  private final Paper paper;

  /** Of a report, with the names whose secrets were kept. */
  LearnText(JsonNode report, List<String> kept, PrintWriter out) {
    this.report = report;
    this.kept = List.copyOf(kept);
    this.paper = new Paper(out);
  }

  void print() {
    paper.line(
        "%s: %s calls, %d vectors (%s)",
        report.path("module").asString(""),
        Paper.count(report.path("calls").asLong(0)),
        report.path("vectors").asInt(0),
        report.path("ended").asString(""));
    CoverageText.print(report, paper);
    List<String> keeps = texts(report.path("keeps"));
    if (!keeps.isEmpty()) {
      paper.line(
          "it keeps %s between calls: what a vector answers may depend on calls before it",
          String.join(", ", keeps));
    }
    report.path("functions").properties().forEach(this::function);
    leftOut(report.path("leftOut"));
  }

  private void leftOut(JsonNode reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    paper.line("").line("left out");
    Set<String> keep = new TreeSet<>();
    kept.forEach(name -> keep.add("--keep " + name));
    int before = keep.size();
    for (Map.Entry<String, JsonNode> one : reasons.properties()) {
      paper.line("  %s  %s", Paper.count(one.getValue().asLong(0)), one.getKey());
      Matcher hint = KEEP.matcher(one.getKey());
      if (hint.find()) {
        keep.add(hint.group());
      }
    }
    if (keep.size() > before) {
      paper.line("  a call may stand in several lines; if all that may be written to disk:");
      paper.line(
          "  banyan learn %s --again %s",
          report.path("module").asString(""), String.join(" ", keep));
    }
  }

  private void function(Map.Entry<String, JsonNode> entry) {
    JsonNode function = entry.getValue();
    paper.line("");
    paper.line(
        "%s(%s)%s: %s calls in %s",
        entry.getKey(),
        types(function.path("arguments")),
        function.path("results").isEmpty() ? "" : " returns " + types(function.path("results")),
        Paper.count(function.path("calls").asLong(0)),
        String.join(", ", names(function.path("phases"))));
    places("reads", function.path("reads"));
    places("writes", function.path("writes"));
    counts("world", function.path("world"));
    counts("ends", function.path("endings"));
    counts("errors", function.path("errors"));
    paper.table();
  }

  private void places(String title, JsonNode places) {
    String label = "  " + title;
    for (Map.Entry<String, JsonNode> place : places.properties()) {
      boolean everNil =
          place.getValue().path("types").size() == 1
              && place.getValue().path("nil").asBoolean(false);
      if (!everNil) {
        paper.row(label, place.getKey(), type(place.getValue()));
        label = "";
      }
    }
  }

  private void counts(String title, JsonNode counts) {
    String label = "  " + title;
    for (Map.Entry<String, JsonNode> one : counts.properties()) {
      paper.row(label, one.getKey(), Paper.count(one.getValue().asLong(0)) + " times");
      label = "";
    }
  }

  private static String types(JsonNode positions) {
    List<String> types = new ArrayList<>();
    positions.forEach(position -> types.add(type(position)));
    return String.join(", ", types);
  }

  /** Such as {@code string or nil, 3 to 12 octets}, {@code number 0..25}. */
  static String type(JsonNode stats) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> type : stats.path("types").properties()) {
      if (!type.getKey().equals("nil")) {
        words.add(word(type.getKey(), stats));
      }
    }
    if (stats.path("nil").asBoolean(false)) {
      words.add("nil");
    }
    return String.join(" or ", words);
  }

  private static String word(String type, JsonNode stats) {
    return switch (type) {
      case "number" -> "number " + number(stats.path("least")) + ".." + number(stats.path("most"));
      case "string" -> {
        List<String> values = texts(stats.path("values"));
        yield values.isEmpty()
            ? "string of " + stats.path("shortest").asInt() + ".." + stats.path("longest").asInt()
            : "\"" + String.join("\" | \"", values) + "\"";
      }
      default -> type;
    };
  }

  private static String number(JsonNode node) {
    double value = node.asDouble(0);
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asString("")));
    return texts;
  }

  private static List<String> names(JsonNode tree) {
    List<String> names = new ArrayList<>();
    tree.properties().forEach(one -> names.add(one.getKey()));
    return names;
  }
}
