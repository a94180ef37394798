package dev.banyan.server.check;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.nginx.syntax.Context;
import dev.banyan.nginx.syntax.DirectiveSpec;
import dev.banyan.nginx.syntax.DirectiveTable;
import dev.banyan.server.check.Compatibility.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code docs/compatibility.md} from the tables of directives and of {@code ngx.*}. */
final class CompatibilityPage {
  private static final String INTRODUCTION =
      """
      # Compatibility

      What of nginx 1.22.1, lua-nginx-module 0.10.23 and OpenResty's libraries is there. This page is
      written from the two tables that the program itself runs by; `banyan check --report` looks up
      in them what a given configuration and its Lua use.

      - **supported**: as on nginx.
      - **deviates**: there, or accepted, with the difference that is told.
      - **missing**: a directive is an error with file and line; a function is nil, or raises an error
        that tells the reason; `require` of a module fails.
      """;

  private final StringBuilder out = new StringBuilder(INTRODUCTION);

  private CompatibilityPage() {}

  /** The page as it has to be. */
  static String text() {
    CompatibilityPage page = new CompatibilityPage();
    page.directives();
    page.api();
    return page.out.toString();
  }

  /** A row of a table. */
  private record Row(String name, String where, Compatibility compatibility) {
    String markdown() {
      return "| `%s` | %s | %s | %s |%n"
          .formatted(
              name, where, compatibility.level().label(), compatibility.note().replace("|", "\\|"))
          .replace("  |", " |");
    }
  }

  private void directives() {
    List<DirectiveSpec> all = DirectiveTable.standard().all();
    out.append("\n## Directives\n\n");
    out.append(counts(all.stream().map(Compatibility::of)));
    Map<String, List<DirectiveSpec>> modules =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    DirectiveSpec::module, LinkedHashMap::new, Collectors.toList()));
    modules.forEach((module, specs) -> {
      out.append("\n### ").append(module).append("\n\n");
      table(
          "directive",
          "contexts",
          specs.stream()
              .map(spec -> new Row(spec.name(), contexts(spec), Compatibility.of(spec)))
              .toList());
    });
  }

  private void api() {
    List<ApiEntry> all = NgxApi.entries();
    out.append("\n## Lua\n\n");
    out.append(counts(all.stream().map(Compatibility::of)));
    section("Functions", all, ApiEntry.Kind.FUNCTION, ApiEntry.Kind.CORE_FUNCTION);
    section("Methods", all, ApiEntry.Kind.METHOD);
    section("Tables and fields", all, ApiEntry.Kind.PROPERTY);
    section("Constants", all, ApiEntry.Kind.CONSTANT);
    section("Modules", all, ApiEntry.Kind.MODULE);
  }

  private void section(String title, List<ApiEntry> all, ApiEntry.Kind... kinds) {
    out.append("\n### ").append(title).append("\n\n");
    table(
        "name",
        "phases",
        all.stream()
            .filter(entry -> List.of(kinds).contains(entry.kind()))
            .sorted(Comparator.comparing(ApiEntry::name))
            .map(entry -> new Row(entry.name(), phases(entry), Compatibility.of(entry)))
            .toList());
  }

  private void table(String first, String second, List<Row> rows) {
    out.append("| ").append(first).append(" | ").append(second).append(" | support | note |\n");
    out.append("|---|---|---|---|\n");
    rows.forEach(row -> out.append(row.markdown()));
  }

  private static String counts(Stream<Compatibility> all) {
    Map<Level, Long> counts =
        all.collect(Collectors.groupingBy(Compatibility::level, Collectors.counting()));
    List<String> parts = new ArrayList<>();
    for (Level level : Level.values()) {
      parts.add(counts.getOrDefault(level, 0L) + " " + level.label());
    }
    return String.join(", ", parts) + ".\n";
  }

  private static String contexts(DirectiveSpec spec) {
    return spec.contexts().stream().sorted().map(Context::text).collect(Collectors.joining(", "));
  }

  private static String phases(ApiEntry entry) {
    List<Phase> absent =
        Stream.of(Phase.values()).filter(phase -> !entry.allowedIn(phase)).toList();
    if (absent.isEmpty()) {
      return "all";
    }
    if (absent.size() <= 2) {
      return "all but " + names(absent.stream());
    }
    return names(entry.phases().stream().sorted());
  }

  private static String names(Stream<Phase> phases) {
    return phases
        .map(phase -> phase.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
