package dev.banyan.router.parity;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: takes secrets out of everything that is recorded, before it is stored or shown.
 *
 * <p>What is named like a secret (header, argument, variable) goes by its name, what looks like one
 * by its form or because it looks drawn by chance. A hidden value keeps its length and a keyed
 * digest, so that a diff still says whether two are equal. Bodies are hidden whole unless told
 * otherwise.
 */
public final class Redactor {
  /** The longest text that a sample keeps. */
  public static final int MAX_TEXT = 512;

  /** The most entries that a sample keeps of one list or map. */
  public static final int MAX_ENTRIES = 128;

  /** How much of a text is searched for secrets; what is behind is not kept. */
  static final int MAX_SEARCHED = 64 * 1024;

  /** What is kept before the place at which two long texts differ. */
  private static final int BEFORE = 64;

  /** A secret that the search's end cuts through is no longer than this. */
  private static final int CUT = 256;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_HARMLESS = 1_024;
  private static final int MAX_HARMLESS_LENGTH = 128;
  private static final int KEY_OCTETS = 32;
  private static final Pattern IN_BODY = Pattern.compile("(^|\\.)(body|chunk)([.\\[]|$)");

  private final SecretForms secrets;
  private final Digests digests;
  private final Bodies bodies;

  /** Short labels in which no secret was found; one with a secret is never kept. */
  private final Set<String> harmless = ConcurrentHashMap.newKeySet();

  /** What becomes of bodies. */
  public enum Bodies {
    /** Their length, their digest, and where they differ. */
    HIDDEN,
    /** As any other text. */
    KEPT
  }

  /**
   * Creates one.
   *
   * @param key random octets, of this process only
   * @param names parts of names that are secrets here, beside those that are everywhere
   */
  public Redactor(byte[] key, Set<String> names, Bodies bodies) {
    this.secrets = new SecretForms(names);
    this.digests = new Digests(key);
    this.bodies = bodies;
  }

  /** One with a key that is drawn now and that nobody knows. */
  public static Redactor withFreshKey(Set<String> names, Bodies bodies) {
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    return new Redactor(key, names, bodies);
  }

  /** The tree without its secrets, and bounded in size. */
  public @Nullable Object redact(@Nullable Object tree) {
    return redact("", tree, 0);
  }

  /** A value that belongs to a name. */
  public @Nullable Object redact(String name, @Nullable Object value) {
    return redact(name, value, 0);
  }

  /** A label, a message or a path without what looks like a secret. */
  public String text(String text) {
    return secrets.replaced(searched(text), this::hidden);
  }

  /** As {@link #text}, but all secrets look the same: for what is counted together. */
  public String label(String text) {
    if (harmless.contains(text)) {
      return text;
    }
    String clean = secrets.replaced(searched(text), _ -> "[redacted]");
    if (clean.equals(text) && text.length() <= MAX_HARMLESS_LENGTH) {
      if (harmless.size() >= MAX_HARMLESS) {
        harmless.clear();
      }
      harmless.add(text);
    }
    return clean;
  }

  /**
   * A text that belongs to a name, without secrets and not shortened; one too long to be searched
   * is hidden whole.
   */
  public String whole(String name, String text) {
    if (hidesBody(name)) {
      return body(text, "");
    }
    return secrets.namesText(name) || text.length() > MAX_SEARCHED ? hidden(text) : text(text);
  }

  /**
   * As {@link #whole}, with what {@code mask} makes of a secret in its place; a text that hides one
   * behind percent signs is masked whole.
   */
  public String masked(String name, String text, UnaryOperator<String> mask) {
    if (secrets.namesText(name) || text.length() > MAX_SEARCHED || secrets.hides(text)) {
      return mask.apply(text);
    }
    return secrets.asItStands(text, mask);
  }

  /** Whether what has this name is a secret. */
  public boolean namesSecret(String name) {
    return secrets.names(name);
  }

  /** The differences without secrets; whether the two sides differ stays visible. */
  public List<Difference> redact(List<Difference> differences) {
    return differences.stream().map(this::redact).toList();
  }

  private Difference redact(Difference difference) {
    String path = text(difference.path());
    Object control = difference.control();
    Object candidate = difference.candidate();
    if (hidesBody(difference.path())
        && !(control instanceof String && candidate instanceof String)) {
      return new Difference(path, hiddenPart(control), hiddenPart(candidate));
    }
    if (!(control instanceof String a) || !(candidate instanceof String b)) {
      return new Difference(
          path, redact(difference.path(), control), redact(difference.path(), candidate));
    }
    if (hidesBody(difference.path())) {
      String where = ", differs from octet " + (commonStart(a, b) + 1);
      return new Difference(path, body(a, where), body(b, where));
    }
    if (secrets.namesText(difference.path())) {
      return new Difference(path, hidden(a), hidden(b));
    }
    String left = text(a);
    String right = text(b);
    int from = Math.max(0, commonStart(left, right) - BEFORE);
    return new Difference(path, excerpt(left, from), excerpt(right, from));
  }

  private @Nullable Object redact(String name, @Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      return "…";
    }
    if (value instanceof Map<?, ?> map) {
      return redactMap(name, map, depth);
    }
    if (value instanceof List<?> list) {
      return redactList(name, list, depth);
    }
    return switch (value) {
      case String text -> redactText(name, text);
      case Number number when secrets.names(name) -> hidden(number.toString());
      case Body body when bodies == Bodies.HIDDEN -> body(body.octets(), "");
      case Body body -> redact(name, body.read().value(), depth + 1);
      case Body.Null _ -> null;
      case null, default -> value;
    };
  }

  private List<@Nullable Object> redactList(String name, List<?> list, int depth) {
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

  /** What is below a secret's name is secret too, whatever its own key is. */
  private Map<String, @Nullable Object> redactMap(String name, Map<?, ?> map, int depth) {
    boolean secret = secrets.names(name);
    Map<String, @Nullable Object> clean = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (clean.size() >= MAX_ENTRIES) {
        clean.put("…", (map.size() - MAX_ENTRIES) + " more");
        break;
      }
      String key = String.valueOf(entry.getKey());
      Object value = redact(secret ? name : key, entry.getValue(), depth + 1);
      clean.put(excerpt(text(key), 0), value);
    }
    return clean;
  }

  private String redactText(String name, String text) {
    if (hidesBody(name)) {
      return body(text, "");
    }
    return secrets.namesText(name) ? hidden(text) : excerpt(text(text), 0);
  }

  /** Whether this is a body, or a place in one, and bodies are hidden. */
  private boolean hidesBody(String name) {
    return bodies == Bodies.HIDDEN && IN_BODY.matcher(name).find();
  }

  private @Nullable String hiddenPart(@Nullable Object part) {
    return switch (part) {
      case null -> null;
      case Body body -> body(body.octets(), "");
      default -> body(part.toString(), "");
    };
  }

  private String body(String text, String where) {
    return "[body, " + text.length() + " octets, #" + digests.of(text) + where + "]";
  }

  private String hidden(String secret) {
    return "[redacted, " + secret.length() + " octets, #" + digests.of(secret) + "]";
  }

  /** A text's start; cut where no secret is cut in half. */
  private static String searched(String text) {
    if (text.length() <= MAX_SEARCHED) {
      return text;
    }
    int end = MAX_SEARCHED;
    while (end > MAX_SEARCHED - CUT && !Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String excerpt(String text, int from) {
    int start = Math.min(from, text.length());
    String before = start == 0 ? "" : "… " + start + " before …";
    return text.length() - start <= MAX_TEXT
        ? before + text.substring(start)
        : before
            + text.substring(start, start + MAX_TEXT)
            + "… "
            + (text.length() - start - MAX_TEXT)
            + " more";
  }

  private static int commonStart(String a, String b) {
    int start = 0;
    while (start < a.length() && start < b.length() && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    return start;
  }
}
