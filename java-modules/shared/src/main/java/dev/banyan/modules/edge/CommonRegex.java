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

  private final ConcurrentMap<String, Optional<Pattern>> compiled = new ConcurrentHashMap<>();

  /** The first match of {@code pattern} replaced, or null when there is none. */
  public @Nullable String substitute(String subject, String pattern, String replacement) {
    Pattern known = pattern(pattern);
    if (!REFERENCES.matcher(replacement).matches()) {
      throw new IllegalArgumentException("replacement " + replacement + " is left to Lua");
    }
    Matcher matcher = known.matcher(subject);
    if (!matcher.find()) {
      return null;
    }
    StringBuilder out = new StringBuilder(subject.length() + replacement.length());
    out.append(subject, 0, matcher.start());
    expand(replacement, matcher, out);
    return out.append(subject, matcher.end(), subject.length()).toString();
  }

  private Pattern pattern(String text) {
    Optional<Pattern> known = compiled.get(text);
    if (known == null) {
      known = compile(text);
      if (compiled.size() < MOST_PATTERNS) {
        compiled.put(text, known);
      }
    }
    return known.orElseThrow(
        () -> new IllegalArgumentException("pattern " + text + " is left to Lua"));
  }

  private static Optional<Pattern> compile(String text) {
    if (!AGREED.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(text, Pattern.UNIX_LINES));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static void expand(String replacement, Matcher matcher, StringBuilder out) {
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
      int start = braced ? i + 1 : i;
      int end = start;
      while (end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
        end++;
      }
      int group = Integer.parseInt(replacement.substring(start, end));
      String text = group <= matcher.groupCount() ? matcher.group(group) : null;
      out.append(text == null ? "" : text);
      i = braced ? end + 1 : end;
    }
  }
}
