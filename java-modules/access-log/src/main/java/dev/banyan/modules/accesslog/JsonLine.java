package dev.banyan.modules.accesslog;

import dev.banyan.api.OctetBuffer;
import dev.banyan.modules.edge.LuaText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a line is put down; what is missing or empty is left out. */
final class JsonLine {
  private static final int MOST_DIGITS = 14;

  private JsonLine() {}

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

    /** Each field begins with a comma; the first one's makes place for the brace. */
    private final String beginning = ",\"" + name().toLowerCase(Locale.ROOT) + "\":";

    private final String textBeginning = beginning + '"';
  }

  static void text(OctetBuffer out, Field field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      LuaText.jsonOctets(value, out.octets(field.textBeginning));
      out.octet('"');
    }
  }

  static void number(OctetBuffer out, Field field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.octets(field.beginning).decimal(decimal(value));
    }
  }

  /** Ends a line that began at {@code start}. */
  static void end(OctetBuffer out, int start) {
    if (out.length() == start) {
      out.octet('{');
    } else {
      out.replace(start, '{');
    }
    out.octet('}').octet('\n');
  }

  /**
   * Looks at what is to be a number before there is a line.
   *
   * @throws IllegalArgumentException when it isn't plain: its text is then Lua's business
   */
  static void requireNumber(@Nullable String text) {
    if (text != null) {
      decimal(text);
    }
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
