package dev.banyan.nginx;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The charsets that a configuration names, and what leads from one to another. Immutable.
 *
 * @param names in lower case
 * @param tables by the charset they read and the one they write
 */
public record Charsets(Set<String> names, Map<Way, CharsetTable> tables) {
  public Charsets {
    names = Set.copyOf(names);
    tables = Map.copyOf(tables);
  }

  /** A conversion; both names are in lower case. */
  public record Way(String from, String to) {
    /** The way between two names of any case. */
    public static Way of(String from, String to) {
      return new Way(from.toLowerCase(Locale.ROOT), to.toLowerCase(Locale.ROOT));
    }

    /** The way back. */
    Way back() {
      return new Way(to, from);
    }
  }

  /** What converts; null where no {@code charset_map} does. */
  public @Nullable CharsetTable table(String from, String to) {
    return tables.get(Way.of(from, to));
  }

  /** Whether the configuration names a charset. */
  public boolean knows(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }
}
