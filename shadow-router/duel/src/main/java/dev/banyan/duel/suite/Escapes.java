package dev.banyan.duel.suite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How octets that a text file can't show are written in a suite: {@code \r \n \t \\}, {@code \xHH},
 * and <code>\{c*n}</code> for n times the char c.
 */
final class Escapes {
  private static final int LONG_RUN = 64;
  private static final int MAX_RUN = 16 << 20;
  private static final Pattern RUN = Pattern.compile("\\{([\\x20-\\x7e])\\*(\\d{1,8})\\}");
  private static final Pattern HEX = Pattern.compile("x([0-9a-fA-F]{2})");

  private Escapes() {}

  /**
   * The octets that a line stands for.
   *
   * @throws IllegalArgumentException for an escape that there isn't
   */
  static String decode(String line) {
    if (line.indexOf('\\') < 0) {
      return line;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c != '\\') {
        out.append(c);
      } else {
        at = escape(line, at, out);
      }
    }
    return out.toString();
  }

  private static int escape(String line, int at, StringBuilder out) {
    char kind = at < line.length() ? line.charAt(at) : '\0';
    switch (kind) {
      case 'r' -> out.append('\r');
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case '\\', '=', '-', '#' -> out.append(kind);
      case 'x' -> {
        Matcher hex = region(HEX, line, at);
        out.append((char) Integer.parseInt(hex.group(1), 16));
        return hex.end();
      }
      case '{' -> {
        Matcher run = region(RUN, line, at);
        int count = Integer.parseInt(run.group(2));
        if (count > MAX_RUN) {
          throw new IllegalArgumentException("at most " + MAX_RUN + " octets in one \\{c*n}");
        }
        out.repeat(run.group(1), count);
        return run.end();
      }
      default -> throw unknown(line, at);
    }
    return at + 1;
  }

  private static Matcher region(Pattern pattern, String line, int at) {
    Matcher matcher = pattern.matcher(line).region(at, line.length());
    if (!matcher.lookingAt()) {
      throw unknown(line, at);
    }
    return matcher;
  }

  private static IllegalArgumentException unknown(String line, int at) {
    String shown = line.substring(at - 1, Math.min(line.length(), at + 4));
    return new IllegalArgumentException(
        "\"" + shown + "\": expected \\r, \\n, \\t, \\\\, \\xHH or \\{c*n}");
  }

  /** The same octets as one line of a suite, which {@link #decode} reads back. */
  static String encode(String octets) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < octets.length()) {
      char c = octets.charAt(at);
      int end = at + 1;
      while (end < octets.length() && octets.charAt(end) == c) {
        end++;
      }
      if (end - at >= LONG_RUN && c >= ' ' && c <= '~') {
        out.append("\\{").append(c).append('*').append(end - at).append('}');
        at = end;
      } else {
        out.append(one(c));
        at++;
      }
    }
    return out.toString();
  }

  private static String one(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default ->
          c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\x%02x", (int) c & 0xff);
    };
  }
}
