package dev.banyan.transport;

import org.jspecify.annotations.Nullable;

/**
 * A certificate's name with a star in its first label (RFC 6125, section 6.4.3), in lower case.
 * Immutable.
 *
 * <p>The star stands for the label or for its beginning or end, never for a dot; two more labels
 * follow at least, and all are of letters, digits and hyphens within. Whatever else has a star is a
 * name like any other, and no host's.
 *
 * @param before what the label begins with
 * @param after what the label ends with, and the labels that follow
 */
record WildcardName(String before, String after) {
  /** The prefix of labels that stand for others than ASCII's (RFC 5890). */
  private static final String ENCODED = "xn--";

  /** A name as a wildcard; null when it is none. */
  static @Nullable WildcardName parse(String name) {
    int star = name.indexOf('*');
    int dot = name.indexOf('.');
    if (star < 0 || dot < star) {
      return null;
    }
    String before = name.substring(0, star);
    String end = name.substring(star + 1, dot);
    String[] labels = name.substring(dot + 1).split("\\.", -1);
    boolean within = !before.isEmpty() && !end.isEmpty();
    if (within || before.startsWith(ENCODED) || labels.length < 2) {
      return null;
    }
    for (String label : labels) {
      if (!isLabel(label)) {
        return null;
      }
    }
    boolean clean = (before.isEmpty() || isLabel(before)) && (end.isEmpty() || isLabel("a" + end));
    return clean ? new WildcardName(before, name.substring(star + 1)) : null;
  }

  boolean matches(String host) {
    int end = host.length() - after.length();
    if (end < before.length() || !host.startsWith(before) || !host.endsWith(after)) {
      return false;
    }
    boolean whole = before.isEmpty() && after.startsWith(".");
    String filled = host.substring(before.length(), end);
    if (whole ? filled.isEmpty() : host.startsWith(ENCODED)) {
      return false;
    }
    return filled.chars().allMatch(WildcardName::inLabel);
  }

  private static boolean isLabel(String text) {
    return !text.isEmpty()
        && !text.startsWith("-")
        && !text.endsWith("-")
        && text.chars().allMatch(WildcardName::inLabel);
  }

  private static boolean inLabel(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }
}
