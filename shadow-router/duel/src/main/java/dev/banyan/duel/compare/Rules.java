package dev.banyan.duel.compare;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is compared. Immutable.
 *
 * @param ignored header fields that may differ, in lower case
 * @param ordered whether fields of different names must come in the same order
 */
public record Rules(Set<String> ignored, boolean ordered) {
  /** A clock's time, and the name of the program: no two servers need share them. */
  public static final List<String> ALWAYS_IGNORED = List.of("date", "server");

  /** Copies the names. */
  public Rules {
    ignored = Set.copyOf(ignored);
  }

  /** The usual rules, with further fields that may differ. */
  public static Rules ignoring(List<String> fields, boolean ordered) {
    Set<String> names = new TreeSet<>(ALWAYS_IGNORED);
    fields.forEach(field -> names.add(field.toLowerCase(Locale.ROOT)));
    return new Rules(names, ordered);
  }
}
