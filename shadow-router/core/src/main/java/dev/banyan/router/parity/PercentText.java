package dev.banyan.router.parity;

/** Text of URIs. */
final class PercentText {
  private static final int HEX = 16;
  private static final int LENGTH = 3;

  private PercentText() {}

  /** The text with {@code %41} as {@code A}; what is no such code stays. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int code = text.charAt(i) == '%' ? code(text, i) : -1;
      decoded.append(code < 0 ? text.charAt(i) : (char) code);
      i += code < 0 ? 1 : LENGTH;
    }
    return decoded.toString();
  }

  private static int code(String text, int at) {
    if (at + LENGTH > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), HEX);
    int low = Character.digit(text.charAt(at + 2), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }
}
