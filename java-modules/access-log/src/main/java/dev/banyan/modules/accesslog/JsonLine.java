package dev.banyan.modules.accesslog;

import dev.banyan.api.OctetBuffer;
import dev.banyan.modules.edge.LuaText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Confined to one call: a line as it is put down; what is missing or empty is left out. */
final class JsonLine {
  private static final int MOST_DIGITS = 14;

  /** Each field begins with a comma; the first one's makes place for the brace. */
  private final OctetBuffer out;

  private final int start;

  /** Whether a text's closing quote is still owed: it is written with what follows. */
  private boolean open;

  /** Behind what is there already. */
  JsonLine(OctetBuffer out) {
    this.out = out;
    start = out.length();
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
      LuaText.jsonOctets(value, out.octets(open ? field.textAfterText : field.textBeginning));
      open = true;
    }
    return this;
  }

  JsonLine number(Field field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.octets(open ? field.afterText : field.beginning).decimal(decimal(value));
      open = false;
    }
    return this;
  }

  void end() {
    if (out.length() == start) {
      out.octets("{}\n");
      return;
    }
    out.replace(start, '{');
    out.octets(open ? "\"}\n" : "}\n");
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
