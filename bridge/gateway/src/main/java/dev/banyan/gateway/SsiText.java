package dev.banyan.gateway;

import dev.banyan.nginx.script.Variable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of a page's commands: their variables, quoting and paths. */
final class SsiText {
  private SsiText() {}

  /** A variable of the page, else nginx's own; null where there is none. */
  static @Nullable String variable(Request r, String name) {
    String own = r.main().ssi().variable(name);
    if (own != null) {
      return own;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    Variable variable = r.service().http().variables().find(lower);
    return variable == null ? null : r.variable(variable);
  }

  /** A text with its variables put in; null, and told, when it names one wrongly. */
  static @Nullable String evaluate(Request r, String text) {
    StringBuilder out = new StringBuilder(text.length() + 32);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '$') {
        at = literal(text, at, out);
        continue;
      }
      boolean bracket = text.startsWith("{", at + 1);
      int from = at + (bracket ? 2 : 1);
      int to = from;
      while (to < text.length() && wordCharacter(text.charAt(to))) {
        to++;
      }
      if (bracket && from < text.length() && !text.startsWith("}", to)) {
        String said = text.substring(from, to);
        r.log(ErrorLog.ERROR, "the closing bracket in \"" + said + "\" variable is missing");
        return null;
      }
      if (to == from) {
        r.log(ErrorLog.ERROR, "invalid variable name in \"" + text + "\"");
        return null;
      }
      String value = variable(r, text.substring(from, to));
      out.append(value == null ? "" : value);
      at = bracket ? to + 1 : to;
    }
    return out.toString();
  }

  private static boolean wordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /** Copies up to a variable; a backslash goes before what it quotes, and at the end. */
  private static int literal(String text, int from, StringBuilder out) {
    boolean quoted = false;
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (!quoted && c == '\\') {
        quoted = true;
        continue;
      }
      if (!quoted && c == '$') {
        break;
      }
      if (quoted && "\\'\"$".indexOf(c) < 0) {
        out.append('\\');
      }
      quoted = false;
      out.append(c);
    }
    return at;
  }

  /** A path, beside the page where it is relative; null as {@link #evaluate}. */
  static @Nullable String path(Request r, String text) {
    String path = evaluate(r, text);
    boolean whole = path == null || path.startsWith("/") || (path.isEmpty() && !text.isEmpty());
    return whole ? path : r.uri().substring(0, r.uri().lastIndexOf('/') + 1) + path;
  }

  /** As {@code echo} escapes it by {@code encoding="entity"}. */
  static String entities(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** As {@code echo} escapes it by {@code encoding="url"}. */
  static String url(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || "\"#%'<>\\^`{|}".indexOf(c) >= 0) {
        UriText.percent(out, c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
