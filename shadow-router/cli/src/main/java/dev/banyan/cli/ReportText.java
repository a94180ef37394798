package dev.banyan.cli;

import dev.banyan.server.check.Compatibility.Level;
import dev.banyan.server.check.CompatibilityReport;
import dev.banyan.server.check.Use;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code check --report} prints, for people and for scripts. */
final class ReportText {
  private final CompatibilityReport report;

  ReportText(CompatibilityReport report) {
    this.report = report;
  }

  /** Of each file what is missing, what differs, and the rest in a line; then the summary. */
  String lines() {
    List<String> lines = new ArrayList<>();
    report
        .byFile()
        .forEach((file, uses) -> {
          lines.add(file.toString());
          exceptions(uses, Level.MISSING, lines);
          exceptions(uses, Level.DEVIATES, lines);
          supported(uses, lines);
          lines.add("");
        });
    lines.addAll(report.summary());
    return String.join(System.lineSeparator(), lines);
  }

  private static void exceptions(List<Use> uses, Level level, List<String> lines) {
    for (Use use : uses) {
      if (use.compatibility().level() == level) {
        String note = use.compatibility().note();
        lines.add(
            "  %-9s  %s (line %d)%s"
                .formatted(
                    level.label(), use.name(), use.line(), note.isEmpty() ? "" : ": " + note));
      }
    }
  }

  private static void supported(List<Use> uses, List<String> lines) {
    for (Use.Kind kind : Use.Kind.values()) {
      List<String> names =
          uses.stream()
              .filter(use -> use.kind() == kind)
              .filter(use -> use.compatibility().level() == Level.SUPPORTED)
              .map(Use::name)
              .toList();
      if (!names.isEmpty()) {
        lines.add(
            "  supported  %d %s: %s"
                .formatted(names.size(), kind.noun(names.size()), String.join(", ", names)));
      }
    }
  }

  /** The same for scripts. */
  Map<String, Object> tree() {
    List<Object> files = new ArrayList<>();
    for (Map.Entry<Path, List<Use>> file : report.byFile().entrySet()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("file", file.getKey().toString());
      one.put("uses", file.getValue().stream().map(ReportText::tree).toList());
      files.add(one);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("files", files);
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Use.Kind kind : Use.Kind.values()) {
      counts.put(kind.label(), counts(kind));
    }
    tree.put("counts", counts);
    tree.put("summary", report.summary().stream().collect(Collectors.joining("; ")));
    return tree;
  }

  private Map<String, Long> counts(Use.Kind kind) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      counts.put(level.label(), report.count(kind, level));
    }
    return counts;
  }

  private static Map<String, Object> tree(Use use) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("kind", use.kind().label());
    one.put("name", use.name());
    one.put("line", use.line());
    one.put("support", use.compatibility().level().label());
    one.put("note", use.compatibility().note());
    return one;
  }
}
