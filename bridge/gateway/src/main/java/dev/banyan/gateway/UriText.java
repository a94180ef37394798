package dev.banyan.gateway;

/** Percent-escaping of octet strings, by the rules of nginx's core. */
final class UriText {
  private static final String HEX = "0123456789ABCDEF";

  /** What a path can't hold beside controls, spaces and octets from 0x7f on (nginx 1.21.1). */
  private static final String ESCAPED_IN_PATH = "\"#%<>?\\^`{|}";

  private UriText() {}

  /** Escapes what a URI's path can't hold, as nginx does when it passes a changed URI on. */
  static String escape(String uri) {
    return escape(uri, true);
  }

  /** Escapes the octets that no request line may hold; arguments stay as they are otherwise. */
  static String withoutControls(String args) {
    return escape(args, false);
  }

  /** Escapes everything but unreserved characters, for one segment of a path. */
  static String component(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
        out.append(c);
      } else {
        percent(out, c);
      }
    }
    return out.toString();
  }

  /** Escapes blanks, controls and the escape itself, for a word of a protocol of words. */
  static String word(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '%') {
        percent(out, c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Writes an octet escaped. */
  static void percent(StringBuilder out, char c) {
    out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
  }

  private static String escape(String text, boolean path) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escaped =
          c <= ' ' || c == 0x7f || (path && (c > 0x7f || ESCAPED_IN_PATH.indexOf(c) >= 0));
      if (escaped) {
        out = out == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : out;
        percent(out, c);
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  /** Splits a target into its path and its arguments. */
  static String[] split(String target) {
    int question = target.indexOf('?');
    return question < 0
        ? new String[] {target, ""}
        : new String[] {target.substring(0, question), target.substring(question + 1)};
  }
}
