package dev.banyan.modules.bodyfilter;

import dev.banyan.modules.edge.LuaText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds e-mail addresses as the legacy's regex does, in one pass: from each at sign to the left for
 * the name, to the right by the regex's own second half.
 */
final class Emails {
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9-]+)*\\.[a-z]{2,12}",
          Pattern.CASE_INSENSITIVE);

  /** One for each thread, of the JDK's own so that no thread keeps a former port alive. */
  private static final ThreadLocal<Matcher> DOMAINS =
      ThreadLocal.withInitial(() -> DOMAIN.matcher(""));

  private Emails() {}

  /** Adds a text without its addresses; answers how many it had. */
  static int hide(String text, StringBuilder out) {
    return hide(text, text.length(), out);
  }

  /** As {@link #hide(String, StringBuilder)}, of the text as if it ended at {@code end}. */
  static int hide(String text, int end, StringBuilder out) {
    int at = text.indexOf('@', 0, end);
    if (at < 0) {
      out.append(text, 0, end);
      return 0;
    }
    Matcher domain = DOMAINS.get().reset(text);
    int done = 0;
    int count = 0;
    while (at >= 0) {
      int start = nameStart(text, at, done);
      int next = at + 1;
      if (start < at && domain.region(at + 1, end).lookingAt()) {
        out.append(text, done, start);
        entities(text, start, domain.end(), out);
        done = domain.end();
        next = done;
        count++;
      }
      at = text.indexOf('@', next, end);
    }
    domain.reset("");
    out.append(text, done, end);
    return count;
  }

  /** Where the text may be cut without cutting an address. */
  static int safeEnd(String text) {
    int end = text.length();
    while (end > 0 && (nameChar(text.charAt(end - 1)) || text.charAt(end - 1) == '@')) {
      end--;
    }
    return end;
  }

  /** The first place from which only name characters lead to the at sign, a letter or digit. */
  private static int nameStart(String text, int at, int from) {
    int start = at;
    for (int i = at - 1; i >= from && nameChar(text.charAt(i)); i--) {
      if (LuaText.alphanumeric(text.charAt(i))) {
        start = i;
      }
    }
    return start;
  }

  private static boolean nameChar(char c) {
    return LuaText.alphanumeric(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
  }

  private static void entities(String text, int from, int to, StringBuilder out) {
    for (int i = from; i < to; i++) {
      out.append("&#").append((int) text.charAt(i)).append(';');
    }
  }
}
