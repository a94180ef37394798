package dev.banyan.api;

import org.jspecify.annotations.Nullable;

/** Checks of octet strings (strings whose chars are all 0–255) before they reach the wire. */
public final class Octets {
  private static final int REMEMBERED = 256;
  private static final int LONGEST_REMEMBERED = 64;

  /**
   * Names that were found to be good, each where its hash says: a port's names are constants of its
   * code, the same objects each time. A race costs another look.
   */
  private static final @Nullable String[] GOOD = new @Nullable String[REMEMBERED];

  private Octets() {}

  /**
   * Refuses CR, LF and NUL in a header field and an empty or non-token name (RFC 9110 section 5).
   *
   * @throws IllegalArgumentException naming the field
   */
  public static void requireField(String name, @Nullable String value) {
    requireName(name);
    if (value != null && !clean(value)) {
      throw new IllegalArgumentException(
          "value of header field \"" + name + "\" has CR, LF, NUL or a char above 255");
    }
  }

  @SuppressWarnings("ReferenceEquality") // strings don't change: the same one needs no second look
  private static void requireName(String name) {
    int at = name.hashCode() & (REMEMBERED - 1);
    if (GOOD[at] == name) {
      return;
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a header field needs a name");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || c == ':') {
        throw new IllegalArgumentException("header field name has a forbidden octet at " + i);
      }
    }
    if (name.length() <= LONGEST_REMEMBERED) {
      GOOD[at] = name;
    }
  }

  /**
   * Refuses CR, LF and NUL in a URI or argument string.
   *
   * @throws IllegalArgumentException when there is one
   */
  public static void requireTarget(String target) {
    if (!clean(target)) {
      throw new IllegalArgumentException("URI has CR, LF, NUL or a char above 255");
    }
  }

  private static boolean clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c <= '\r' && (c == '\r' || c == '\n' || c == 0)) || c > 255) {
        return false;
      }
    }
    return true;
  }
}
