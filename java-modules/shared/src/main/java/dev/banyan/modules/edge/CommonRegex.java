package dev.banyan.modules.edge;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: {@code ngx.re.sub} for patterns in which PCRE and Java agree; others are refused, so
 * that Lua answers.
 */
public final class CommonRegex {
  private static final int MOST_PATTERNS = 1_024;

  /** Literals, simple escapes and classes, plain groups, greedy and lazy quantifiers. */
  private static final Pattern AGREED =
      Pattern.compile(
          "(?:[^\\\\\\[\\]{}()*+?|^$.#]|\\\\[dDwWbB]|\\\\[^A-Za-z0-9]"
              + "|\\[\\^?(?:[^\\\\\\[\\]^&~|\\-]|[A-Za-z0-9]-[A-Za-z0-9]|\\\\[dDwW]|\\\\[^A-Za-z0-9])+-?]"
              + "|\\((?:\\?:)?|\\)|[|^$.#]|[*+?]\\??|\\{\\d{1,3}(?:,\\d{0,3})?}\\??)*");

  private static final Pattern REFERENCES =
      Pattern.compile("(?:[^$]|\\$\\$|\\$\\d{1,2}(?!\\d)|\\$\\{\\d{1,2}})*", Pattern.DOTALL);

  private final ConcurrentMap<String, Optional<Compiled>> compiled = new ConcurrentHashMap<>();

  /** Whether a replacement is plain text and references. */
  private final ConcurrentMap<String, Boolean> simple = new ConcurrentHashMap<>();

  /**
   * A pattern.
   *
   * @param beginning what every subject begins with that it matches; empty for nothing known
   */
  private record Compiled(Pattern pattern, String beginning) {}

  /** Immutable: a pattern and what stands in place of its match. */
  public static final class Substitution {
    private final Compiled compiled;
    private final String replacement;

    private Substitution(Compiled compiled, String replacement) {
      this.compiled = compiled;
      this.replacement = replacement;
    }

    /** The subject with its first match replaced, or null when there is none. */
    public @Nullable String in(String subject) {
      if (!subject.startsWith(compiled.beginning())) {
        return null;
      }
      Matcher matcher = compiled.pattern().matcher(subject);
      if (!matcher.find()) {
        return null;
      }
      StringBuilder out = new StringBuilder(subject.length() + replacement.length());
      out.append(subject, 0, matcher.start());
      expand(replacement, matcher, subject, out);
      return out.append(subject, matcher.end(), subject.length()).toString();
    }
  }

  /** A substitution that is made once and used often. */
  public static Substitution of(String pattern, String replacement) {
    return new CommonRegex().substitution(pattern, replacement);
  }

  /** The first match of {@code pattern} replaced, or null when there is none. */
  public @Nullable String substitute(String subject, String pattern, String replacement) {
    return substitution(pattern, replacement).in(subject);
  }

  private Substitution substitution(String pattern, String replacement) {
    Compiled known = compiled(pattern);
    if (!simple(replacement)) {
      throw new IllegalArgumentException("replacement " + replacement + " is left to Lua");
    }
    return new Substitution(known, replacement);
  }

  private boolean simple(String replacement) {
    Boolean known = simple.get(replacement);
    if (known == null) {
      known = REFERENCES.matcher(replacement).matches();
      if (simple.size() < MOST_PATTERNS) {
        simple.put(replacement, known);
      }
    }
    return known;
  }

  private Compiled compiled(String text) {
    Optional<Compiled> known = compiled.get(text);
    if (known == null) {
      known = compile(text);
      if (compiled.size() < MOST_PATTERNS) {
        compiled.put(text, known);
      }
    }
    return known.orElseThrow(
        () -> new IllegalArgumentException("pattern " + text + " is left to Lua"));
  }

  private static Optional<Compiled> compile(String text) {
    if (!AGREED.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Compiled(Pattern.compile(text, Pattern.UNIX_LINES), beginning(text)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /** The plain letters behind a leading {@code ^}, where no alternative can be meant. */
  private static String beginning(String pattern) {
    if (!pattern.startsWith("^") || pattern.indexOf('|') >= 0) {
      return "";
    }
    int end = 1;
    while (end < pattern.length() && plain(pattern.charAt(end))) {
      end++;
    }
    boolean quantified = end < pattern.length() && "*+?{".indexOf(pattern.charAt(end)) >= 0;
    return pattern.substring(1, Math.max(1, quantified ? end - 1 : end));
  }

  private static boolean plain(char c) {
    return LuaText.alphanumeric(c) || c == '/' || c == '-' || c == '_' || c == '~';
  }

  private static void expand(
      String replacement, Matcher matcher, String subject, StringBuilder out) {
    int i = 0;
    while (i < replacement.length()) {
      char c = replacement.charAt(i++);
      if (c != '$') {
        out.append(c);
        continue;
      }
      if (replacement.charAt(i) == '$') {
        out.append('$');
        i++;
        continue;
      }
      boolean braced = replacement.charAt(i) == '{';
      int end = braced ? i + 1 : i;
      int group = 0;
      while (end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
        group = 10 * group + Character.digit(replacement.charAt(end++), 10);
      }
      if (group <= matcher.groupCount() && matcher.start(group) >= 0) {
        out.append(subject, matcher.start(group), matcher.end(group));
      }
      i = braced ? end + 1 : end;
    }
  }
}
