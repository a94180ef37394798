package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: takes secrets out of a tree before it is stored or shown.
 *
 * <p>What is named like a secret (header, argument, variable) goes by its name, what looks like one
 * by its form. A redacted value keeps its length and whether two are equal within one mismatch, so
 * that a diff still says something.
 */
public final class Redactor {
  /** The longest text that a sample keeps. */
  public static final int MAX_TEXT = 512;

  /** The most entries that a sample keeps of one list or map. */
  public static final int MAX_ENTRIES = 128;

  private static final int MAX_DEPTH = 16;

  private static final Set<String> SECRET_WORDS =
      Set.of(
          "authorization",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "apikey",
          "api-key",
          "api_key",
          "session",
          "signature",
          "credential",
          "private",
          "jwt");

  private static final Pattern SECRET_FORM =
      Pattern.compile(
          "(?i)(bearer|basic)\\s+[^\\s,;\"']+"
              + "|eyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){1,2}"
              + "|(?:token|secret|password|passwd|api_?key|session|signature|sig)=[^&\\s;\"']+"
              + "|\\b[A-Za-z0-9+/_-]{40,}={0,2}"
              + "|\\b(?:\\d[ -]?){13,19}\\b");

  /** The tree without its secrets, and bounded in size. */
  public @Nullable Object redact(@Nullable Object tree) {
    return redact("", tree, 0);
  }

  /** A value that belongs to a name. */
  public @Nullable Object redact(String name, @Nullable Object value) {
    return redact(name, value, 0);
  }

  /** A path or a label without what looks like a secret; keys of tables may be anything. */
  public String path(String path) {
    return SECRET_FORM.matcher(path).replaceAll("[redacted]");
  }

  /** The differences without secrets; whether the two sides differ stays visible. */
  public List<Difference> redact(List<Difference> differences) {
    List<Difference> clean = new ArrayList<>(differences.size());
    for (Difference difference : differences) {
      clean.add(
          new Difference(
              difference.path(),
              redact(difference.path(), difference.control()),
              redact(difference.path(), difference.candidate())));
    }
    return clean;
  }

  private @Nullable Object redact(String name, @Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      return "…";
    }
    if (value instanceof Map<?, ?> map) {
      return redactMap(map, depth);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> clean = new ArrayList<>();
      for (Object item : list) {
        if (clean.size() >= MAX_ENTRIES) {
          clean.add("… " + (list.size() - MAX_ENTRIES) + " more");
          break;
        }
        clean.add(redact(name, item, depth + 1));
      }
      return clean;
    }
    return value instanceof String text ? redactText(name, text) : value;
  }

  private Map<String, @Nullable Object> redactMap(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> clean = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (clean.size() >= MAX_ENTRIES) {
        clean.put("…", (map.size() - MAX_ENTRIES) + " more");
        break;
      }
      String key = String.valueOf(entry.getKey());
      clean.put(key, redact(key, entry.getValue(), depth + 1));
    }
    return clean;
  }

  private static String redactText(String name, String text) {
    if (namesSecret(name)) {
      return hidden(text);
    }
    String bounded =
        text.length() <= MAX_TEXT
            ? text
            : text.substring(0, MAX_TEXT) + "… " + (text.length() - MAX_TEXT) + " more";
    return SECRET_FORM.matcher(bounded).replaceAll(found -> hidden(found.group()));
  }

  private static boolean namesSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String word : SECRET_WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static String hidden(String secret) {
    return "[redacted, " + secret.length() + " octets]";
  }
}
