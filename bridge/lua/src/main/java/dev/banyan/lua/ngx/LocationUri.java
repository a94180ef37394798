package dev.banyan.lua.ngx;

import dev.banyan.lua.ngx.text.UriEscape;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The target of an internal redirect or subrequest, split as nginx does.
 *
 * @param path unescaped when it had escapes
 * @param args raw, empty for none
 */
record LocationUri(String path, String args) {

  /** Splits a target; null for one that nginx calls unsafe. */
  static @Nullable LocationUri parse(String target) {
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

  private static boolean safe(String path) {
    return !path.isEmpty()
        && path.indexOf('\0') < 0
        && !path.equals("..")
        && !path.startsWith("../")
        && !path.contains("/../")
        && !path.endsWith("/..");
  }

  private static String unescape(String path) {
    // A plus stays a plus in a path.
    byte[] bytes = path.replace("+", "%2B").getBytes(StandardCharsets.ISO_8859_1);
    return new String(UriEscape.unescape(bytes, 0, bytes.length), StandardCharsets.ISO_8859_1);
  }
}
