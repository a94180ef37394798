package dev.banyan.api;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a set of header names, compared without the case of ASCII letters (RFC
 * 9110 section 5.1). To ask it allocates nothing.
 */
public final class FieldNames {
  private static final int SPREAD = 4;

  private final @Nullable String[] table;
  private final int mask;

  private FieldNames(Collection<String> names) {
    int size = Integer.highestOneBit(Math.max(1, names.size())) * SPREAD;
    this.table = new @Nullable String[size];
    this.mask = size - 1;
    for (String name : names) {
      int at = key(name) & mask;
      while (table[at] != null) {
        at = (at + 1) & mask;
      }
      table[at] = name;
    }
  }

  /** These names. */
  public static FieldNames of(Collection<String> names) {
    return new FieldNames(names);
  }

  /** These names. */
  public static FieldNames of(String... names) {
    return new FieldNames(List.of(names));
  }

  /** Whether a name is among them. */
  public boolean contains(String name) {
    int at = key(name) & mask;
    for (String known = table[at]; known != null; known = table[at]) {
      if (known.length() == name.length() && known.equalsIgnoreCase(name)) {
        return true;
      }
      at = (at + 1) & mask;
    }
    return false;
  }

  /**
   * The same for names that differ in case: the length and both ends tell them apart well enough.
   */
  static int key(String name) {
    int length = name.length();
    if (length == 0) {
      return 0;
    }
    int ends = (name.charAt(0) | ' ') * 31 + (name.charAt(length - 1) | ' ');
    return ends * 31 + length;
  }
}
