package dev.banyan.lua.ngx;

import org.jspecify.annotations.Nullable;

/**
 * The target of an internal redirect or subrequest, split as nginx does.
 *
 * @param path unescaped when it had escapes
 * @param args raw, empty for none
 */
public record LocationUri(String path, String args) {

  /** Splits a target; null for one that nginx calls unsafe. */
  public static @Nullable LocationUri parse(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    if (!safe(path)) {
      return null;
    }
    if (path.indexOf('%') >= 0) {
      path = unescape(path);
      if (!safe(path)) {
        return null;
      }
    }
    return new LocationUri(path, question < 0 ? "" : target.substring(question + 1));
  }

  /** What an unsafe target is called: unescaped where only that shows what is wrong with it. */
  public static String unsafe(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    return safe(path) ? unescape(path) : target;
  }

  private static boolean safe(String path) {
    return !path.isEmpty()
        && path.indexOf('\0') < 0
        && !path.equals("..")
        && !path.startsWith("../")
        && !path.contains("/../")
        && !path.endsWith("/..");
  }

  /** As {@code ngx_unescape_uri}: of what is no escape, the percent sign goes, and its digit. */
  private static String unescape(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at++);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int high = at < path.length() ? digit(path.charAt(at)) : -1;
      if (high < 0) {
        continue;
      }
      at++;
      if (at < path.length()) {
        int low = digit(path.charAt(at++));
        if (low >= 0) {
          out.append((char) (high << 4 | low));
        }
      }
    }
    return out.toString();
  }

  private static int digit(char c) {
    return c > 0x7f ? -1 : Character.digit(c, 16);
  }
}
