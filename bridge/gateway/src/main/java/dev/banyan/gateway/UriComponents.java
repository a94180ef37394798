package dev.banyan.gateway;

import java.util.HexFormat;

/** Percent signs as {@code set_escape_uri} and {@code set_unescape_uri} write and read them. */
final class UriComponents {
  /** What is escaped of the printable characters. */
  private static final String ESCAPED = " \"#%&+/:;<=>?[\\]^{}";

  private static final char DELETE = 0x7f;

  private UriComponents() {}

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= DELETE || ESCAPED.indexOf(c) >= 0) {
        UriText.percent(out, c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Reads escapes and pluses; of a broken escape stays what broke it, unless a digit came before.
   */
  static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+') {
        out.append(' ');
      } else if (c != '%') {
        out.append(c);
      } else if (++i < text.length()) {
        int high = digit(text.charAt(i));
        if (high < 0) {
          out.append(text.charAt(i));
        } else if (++i < text.length()) {
          int low = digit(text.charAt(i));
          if (low >= 0) {
            out.append((char) ((high << 4) | low));
          }
        }
      }
    }
    return out.toString();
  }

  private static int digit(char c) {
    return HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
  }
}
