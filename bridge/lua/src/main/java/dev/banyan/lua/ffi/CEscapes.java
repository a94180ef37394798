package dev.banyan.lua.ffi;

/** Reads C's character constants. */
final class CEscapes {
  private static final String LETTERS = "abfnrtv";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b";

  private CEscapes() {}

  /** The value of {@code 'x'}, quotes included in the text. */
  static int character(String quoted) {
    String body = quoted.substring(1, quoted.length() - 1);
    if (body.isEmpty()) {
      return 0;
    }
    if (body.charAt(0) != '\\' || body.length() == 1) {
      return (byte) body.charAt(0);
    }
    String escape = body.substring(1);
    int letter = LETTERS.indexOf(escape.charAt(0));
    if (letter >= 0) {
      return MEANINGS.charAt(letter);
    }
    try {
      if (escape.charAt(0) == 'x') {
        return (byte) Integer.parseInt(escape.substring(1), 16);
      }
      return Character.isDigit(escape.charAt(0))
          ? (byte) Integer.parseInt(escape, 8)
          : escape.charAt(0);
    } catch (NumberFormatException e) {
      return escape.charAt(0);
    }
  }
}
