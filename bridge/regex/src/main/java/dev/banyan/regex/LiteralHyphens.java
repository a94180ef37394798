package dev.banyan.regex;

/**
 * Escapes hyphens behind a set within a character class. {@code [\w-.]} is a word's character, a
 * hyphen or a dot to PCRE 8 and Perl, and an error to PCRE2 ("invalid range in character class",
 * pcre2pattern).
 */
final class LiteralHyphens {
  private static final String SETS = "dDwWsShHvVpP";

  private final String pattern;
  private final boolean emptyClasses;
  private final StringBuilder out;
  private int at;

  private LiteralHyphens(String pattern, boolean emptyClasses) {
    this.pattern = pattern;
    this.emptyClasses = emptyClasses;
    this.out = new StringBuilder(pattern.length() + 8);
  }

  /**
   * The pattern with such hyphens escaped; an equal one when there are none.
   *
   * @param emptyClasses whether {@code []} is a class of its own
   */
  static String escaped(String pattern, boolean emptyClasses) {
    return new LiteralHyphens(pattern, emptyClasses).run();
  }

  private String run() {
    while (at < pattern.length()) {
      if (pattern.charAt(at) == '[') {
        take(1);
        characters();
      } else {
        element();
      }
    }
    return out.toString();
  }

  private void characters() {
    if (is('^')) {
      take(1);
    }
    boolean begun = emptyClasses;
    boolean afterSet = false;
    while (at < pattern.length()) {
      if (is(']') && begun) {
        take(1);
        return;
      }
      begun = true;
      boolean last = pattern.startsWith("]", at + 1);
      if (is('-') && !last && afterSet) {
        out.append('\\');
        take(1);
        afterSet = false;
      } else {
        afterSet = isSet(at);
        element();
      }
    }
  }

  /** Takes a character, an escape, a quoted part or a POSIX class along as it is. */
  private void element() {
    int posix = posixEnd(at);
    if (posix > 0) {
      take(posix - at);
    } else if (pattern.startsWith("\\Q", at)) {
      int end = pattern.indexOf("\\E", at);
      take((end < 0 ? pattern.length() : end + 2) - at);
    } else {
      boolean property = pattern.startsWith("\\p", at) || pattern.startsWith("\\P", at);
      int end = property && pattern.startsWith("{", at + 2) ? pattern.indexOf('}', at) + 1 : 0;
      take(end > 0 ? end - at : property ? 3 : is('\\') ? 2 : 1);
    }
  }

  private boolean isSet(int from) {
    return posixEnd(from) > 0
        || (from + 1 < pattern.length()
            && pattern.charAt(from) == '\\'
            && SETS.indexOf(pattern.charAt(from + 1)) >= 0);
  }

  /** Behind a POSIX class such as {@code [:alpha:]}; 0 when none begins there. */
  private int posixEnd(int from) {
    int end = pattern.startsWith("[:", from) ? pattern.indexOf(":]", from + 2) : -1;
    return end < 0 ? 0 : end + 2;
  }

  private boolean is(char c) {
    return at < pattern.length() && pattern.charAt(at) == c;
  }

  private void take(int count) {
    int end = Math.min(pattern.length(), at + count);
    out.append(pattern, at, end);
    at = end;
  }
}
