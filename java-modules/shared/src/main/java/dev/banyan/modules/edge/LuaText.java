package dev.banyan.modules.edge;

import dev.banyan.api.OctetBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Texts as Lua and lua-nginx-module write them; all strings are octet strings. */
public final class LuaText {
  private static final double LARGEST_PLAIN = 1e14;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The octets that {@link #json} escapes. */
  private static final boolean[] ESCAPED = escaped();

  private LuaText() {}

  private static boolean[] escaped() {
    boolean[] escaped = new boolean[256];
    Arrays.fill(escaped, 0, ' ', true);
    escaped['"'] = true;
    escaped['\\'] = true;
    escaped[127] = true;
    return escaped;
  }

  /**
   * A whole number as {@code tostring} writes it.
   *
   * @throws IllegalArgumentException when it isn't whole: its text is then Lua's business
   */
  public static String number(double value) {
    return Long.toString(whole(value));
  }

  /**
   * A number that has no fraction and is small enough for Lua to write all its digits.
   *
   * @throws IllegalArgumentException when it isn't
   */
  public static long whole(double value) {
    if (value != Math.rint(value) || Math.abs(value) >= LARGEST_PLAIN) {
      throw new IllegalArgumentException("not a whole number: " + value);
    }
    return (long) value;
  }

  /** {@code ngx.escape_uri}: all but letters, digits and {@code -._~!'()*} as %XX. */
  public static String escapeUri(String text) {
    int plain = 0;
    while (plain < text.length() && unescaped(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      if (unescaped(c)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHighHexDigit(c)).append(HEX.toLowHexDigit(c));
      }
    }
    return out.toString();
  }

  private static boolean unescaped(char c) {
    return alphanumeric(c) || "-._~!'()*".indexOf(c) >= 0;
  }

  /** {@code util.json_string}: quoted, with quotes, backslashes and control octets escaped. */
  public static String json(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    json(text, out);
    return out.toString();
  }

  /** As {@link #json(String)}, at the end of a text under construction. */
  public static void json(String text, StringBuilder out) {
    jsonOctets(text, out.append('"'));
    out.append('"');
  }

  /** As {@link #json(String, StringBuilder)}, without the quotes around the text. */
  private static void jsonOctets(String text, StringBuilder out) {
    int plain = plain(text);
    out.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped(c)) {
        out.append(escape(c));
      } else {
        out.append(c);
      }
    }
  }

  /** The octets of a JSON string, as {@code util.json_string} escapes them, without its quotes. */
  public static void jsonOctets(String text, OctetBuffer out) {
    int plain = plain(text);
    out.octets(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped(c)) {
        out.octets(escape(c));
      } else {
        out.octet(c < ESCAPED.length ? c : '?');
      }
    }
  }

  private static boolean escaped(char c) {
    return c < ESCAPED.length && ESCAPED[c];
  }

  private static String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u00" + HexFormat.of().toHexDigits((byte) c);
    };
  }

  /** How many chars from the first on stand for themselves. */
  private static int plain(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ESCAPED.length || ESCAPED[c]) {
        return i;
      }
    }
    return length;
  }

  /** Letters and digits of ASCII: Lua's {@code %w}. */
  public static boolean alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
