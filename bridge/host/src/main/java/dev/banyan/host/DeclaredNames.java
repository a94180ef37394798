package dev.banyan.host;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: the names that a port has declared. The names that it uses are
 * constants of its code, the same objects at each call, so that those that were found are found
 * again without a look at their chars.
 */
final class DeclaredNames extends AbstractSet<String> {
  private static final String ANY = "*";
  private static final int REMEMBERED = 32;

  private final Set<String> spelled;
  private final SortedSet<String> names;
  private final boolean any;

  /** Names that were found, each where its hash says; a race costs another look. */
  private final @Nullable String[] found = new @Nullable String[REMEMBERED];

  private DeclaredNames(Set<String> spelled, SortedSet<String> names, boolean any) {
    this.spelled = spelled;
    this.names = names;
    this.any = any;
  }

  /** These names. */
  static DeclaredNames exactly(String... declared) {
    List<String> names = List.of(declared);
    return new DeclaredNames(Set.copyOf(names), new TreeSet<>(names), false);
  }

  /** These names of header fields, {@code *} for all: found in any case, listed in lower case. */
  static DeclaredNames ofFields(String... declared) {
    Set<String> spelled = Set.copyOf(List.of(declared));
    SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : declared) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    return new DeclaredNames(spelled, names, spelled.contains(ANY));
  }

  /** Whether a name was declared, or all names of fields are. */
  @SuppressWarnings("ReferenceEquality") // strings don't change: the same one needs no second look
  boolean covers(String name) {
    int at = name.hashCode() & (REMEMBERED - 1);
    if (any || found[at] == name) {
      return true;
    }
    if (!contains(name)) {
      return false;
    }
    found[at] = name;
    return true;
  }

  @Override
  public boolean contains(@Nullable Object name) {
    return name instanceof String text && (spelled.contains(text) || names.contains(text));
  }

  @Override
  public Iterator<String> iterator() {
    return Collections.unmodifiableSortedSet(names).iterator();
  }

  @Override
  public int size() {
    return names.size();
  }
}
