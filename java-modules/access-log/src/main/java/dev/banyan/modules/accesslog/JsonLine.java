package dev.banyan.modules.accesslog;

import dev.banyan.modules.edge.LuaText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Confined to one call: a line under construction; what is missing or empty is left out. */
final class JsonLine {
  private static final int MOST_DIGITS = 14;

  /** What most lines need. */
  static final int USUAL = 512;

  /** What a line's room may grow to and be used again. */
  static final int LARGEST_KEPT = 8192;

  /** Each field begins with a comma; the first one's makes place for the brace. */
  private final StringBuilder out;

  /** Whether a text's closing quote is still owed: it is written with what follows. */
  private boolean open;

  /** In a builder that nobody else uses until the line's end. */
  JsonLine(StringBuilder room) {
    out = room;
    out.setLength(0);
  }

  /** A field, named as its constant is in lower case. */
  enum Field {
    TENANT,
    TIER,
    CLIENT,
    METHOD,
    URI,
    STATUS,
    BYTES,
    ACTION,
    BLOCKED_BY,
    BOT,
    WAF_SCORE,
    WAF_RULES,
    USER,
    CACHE_KEY,
    GROUP,
    UPSTREAM_STATUS,
    REQUEST_ID,
    AGENT;

    private final String beginning = ",\"" + name().toLowerCase(Locale.ROOT) + "\":";
    private final String textBeginning = beginning + '"';
    private final String afterText = '"' + beginning;
    private final String textAfterText = '"' + textBeginning;
  }

  JsonLine text(Field field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      LuaText.jsonOctets(value, out.append(open ? field.textAfterText : field.textBeginning));
      open = true;
    }
    return this;
  }

  JsonLine number(Field field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.append(open ? field.afterText : field.beginning).append(decimal(value));
      open = false;
    }
    return this;
  }

  String end() {
    if (out.isEmpty()) {
      return "{}\n";
    }
    out.setCharAt(0, '{');
    return out.append(open ? "\"}\n" : "}\n").toString();
  }

  private static long decimal(String text) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || i == MOST_DIGITS) {
        throw new IllegalArgumentException("not a plain number: " + text);
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
