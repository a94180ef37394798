package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.SqlText;

/** Octet strings in the quotes of the set-misc module. */
final class QuotedText {
  private static final String HEX = "0123456789abcdef";

  private QuotedText() {}

  /** MySQL's, and a dollar sign is escaped, too. */
  static String sql(String text) {
    byte[] bytes = Octets.bytes(text);
    return Octets.string(SqlText.quote(bytes, 0, bytes.length)).replace("$", "\\$");
  }

  /** PostgreSQL's: MySQL's with an E before them, and octal where the whole is no UTF-8. */
  static String postgres(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    String quoted = "E" + sql(text);
    if (isUtf8(quoted)) {
      return quoted;
    }
    StringBuilder out = new StringBuilder(2 * quoted.length());
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c < 0x80) {
        out.append(c);
      } else {
        out.append("\\\\").append(Integer.toOctalString(c));
      }
    }
    return out.toString();
  }

  /** Whether it looks like UTF-8 to the module, which reads the first and last octet of each. */
  private static boolean isUtf8(String octets) {
    int at = 0;
    while (at < octets.length()) {
      char c = octets.charAt(at);
      int length = c < 0x80 ? 1 : c >> 5 == 6 ? 2 : c >> 4 == 14 ? 3 : c >> 3 == 30 ? 4 : 0;
      int last = at + length - 1;
      if (length == 0 || last >= octets.length()) {
        return false;
      }
      if (length > 1 && octets.charAt(last) >> 6 != 2) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** JSON's; null for nothing. */
  static String json(String text) {
    if (text.isEmpty()) {
      return "null";
    }
    StringBuilder out = new StringBuilder(text.length() + 8).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> out.append("\\r");
        case '\n' -> out.append("\\n");
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
