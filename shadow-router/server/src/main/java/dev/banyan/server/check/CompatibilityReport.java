package dev.banyan.server.check;

import dev.banyan.server.check.Compatibility.Level;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.serve.ConfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Immutable: what a configuration and the Lua that it reaches use, and how far each is supported.
 *
 * @param uses by file, in the order of reading; each name once a file
 */
public record CompatibilityReport(List<Use> uses) {
  /** Copies the list. */
  public CompatibilityReport {
    uses = List.copyOf(uses);
  }

  /**
   * Reads a configuration and its Lua.
   *
   * @throws ConfigException when the configuration can't be read or parsed
   */
  public static CompatibilityReport of(ConfSource source) {
    return of(source, Set.of());
  }

  /**
   * Reads a configuration and its Lua.
   *
   * @param retired modules without a file that are not missing, because their ports stand for them
   * @throws ConfigException when the configuration can't be read or parsed
   */
  public static CompatibilityReport of(ConfSource source, Set<String> retired) {
    return new CompatibilityReport(UseReader.read(source.syntax(), source.prefix(), retired));
  }

  /** The uses by file. */
  public Map<Path, List<Use>> byFile() {
    return uses.stream()
        .collect(Collectors.groupingBy(Use::file, LinkedHashMap::new, Collectors.toList()));
  }

  /** How many names of a kind are supported so far. */
  public long count(Use.Kind kind, Level level) {
    return uses.stream()
        .filter(use -> use.kind() == kind && use.compatibility().level() == level)
        .map(Use::name)
        .distinct()
        .count();
  }

  /** How many names of a kind are used. */
  public long count(Use.Kind kind) {
    return uses.stream().filter(use -> use.kind() == kind).map(Use::name).distinct().count();
  }

  /** Whether something that is used is not there. */
  public boolean misses() {
    return uses.stream().anyMatch(use -> use.compatibility().level() == Level.MISSING);
  }

  /**
   * A sentence for each kind, such as "your configuration uses 34 ngx functions, all supported".
   */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    for (Use.Kind kind : Use.Kind.values()) {
      long used = count(kind);
      if (used > 0) {
        lines.add("your configuration uses " + used + " " + kind.noun(used) + ", " + verdict(kind));
      }
    }
    return lines;
  }

  private String verdict(Use.Kind kind) {
    if (count(kind, Level.SUPPORTED) == count(kind)) {
      return "all supported";
    }
    List<String> parts = new ArrayList<>();
    for (Level level : Level.values()) {
      if (count(kind, level) > 0) {
        parts.add(count(kind, level) + " " + word(level));
      }
    }
    return String.join(", ", parts);
  }

  private static String word(Level level) {
    return switch (level) {
      case SUPPORTED -> "supported";
      case DEVIATES -> "with a difference";
      case MISSING -> "missing";
    };
  }
}
