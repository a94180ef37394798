package dev.banyan.nginx.script;

import dev.banyan.regex.GroupName;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.Regex;
import dev.banyan.regex.RegexOption;
import dev.banyan.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regex of a configuration: a match leaves its groups in the request's captures and its named
 * groups in variables. Immutable and thread-safe.
 */
public final class ConfRegex {
  private final Regex regex;
  private final boolean caseless;
  private final List<Named> named;

  private ConfRegex(Regex regex, boolean caseless, List<Named> named) {
    this.regex = regex;
    this.caseless = caseless;
    this.named = List.copyOf(named);
  }

  private record Named(Variable variable, int group) {}

  /**
   * Compiles a pattern whose named groups were declared as variables.
   *
   * @throws TemplateException with PCRE's reason
   */
  public static ConfRegex compile(String pattern, boolean caseless, VariableLookup variables) {
    Regex regex = compile(pattern, caseless);
    List<Named> named = new ArrayList<>();
    for (GroupName name : regex.names()) {
      Variable variable = variables.find(name.name());
      if (variable != null) {
        named.add(new Named(variable, name.group()));
      }
    }
    return new ConfRegex(regex, caseless, named);
  }

  /** The named groups of a pattern: the variables it declares; none when it does not compile. */
  public static List<String> declaredNames(String pattern) {
    if (!pattern.contains("(?")) {
      return List.of();
    }
    try (Regex regex = compile(pattern, false)) {
      return regex.names().stream().map(GroupName::name).distinct().toList();
    } catch (TemplateException e) {
      return List.of(); // The compilation proper reports it.
    }
  }

  private static Regex compile(String pattern, boolean caseless) {
    Set<RegexOption> options = EnumSet.of(RegexOption.JIT);
    if (caseless) {
      options.add(RegexOption.CASELESS);
    }
    try {
      return Regex.compile(pattern, options);
    } catch (RegexSyntaxException e) {
      throw new TemplateException("pcre2_compile() failed: " + e.nativeSentence());
    }
  }

  /** The pattern's text. */
  public String pattern() {
    return regex.pattern();
  }

  /** How many groups it has. */
  public int groupCount() {
    return regex.groupCount();
  }

  /** The groups, of which the first is all that was found; null where it isn't found. */
  public String @Nullable [] parts(String subject) {
    Matcher matcher = regex.matcher().reset(subject);
    if (!matcher.find(0)) {
      return null;
    }
    String[] parts = new String[regex.groupCount() + 1];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = group(matcher, i);
    }
    return parts;
  }

  /** Whether letters match either case. */
  public boolean caseless() {
    return caseless;
  }

  /** Whether it is found, without a trace in any request. */
  public boolean found(String subject) {
    return regex.matches(subject);
  }

  /** A group of the first match; null where there is none. */
  public @Nullable String found(String subject, int group) {
    Matcher matcher = regex.matcher().reset(subject);
    return matcher.find(0) ? group(matcher, group) : null;
  }

  /**
   * Whether it is found in the subject; if so, captures and named variables are set, if not, they
   * stay as they were.
   */
  public boolean match(String subject, VariableScope scope) {
    Matcher matcher = regex.matcher().reset(subject);
    if (!matcher.find(0)) {
      return false;
    }
    scope.captures(groups(matcher));
    for (Named name : named) {
      scope.set(name.variable(), group(matcher, name.group()));
    }
    return true;
  }

  /** As {@link #match}, told to {@code rewrite_log}; one that is not found clears the captures. */
  boolean matchLogged(String subject, RewriteHost host) {
    boolean matched = match(subject, host);
    if (!matched) {
      host.captures(new String[0]);
    }
    if (host.logsRewrites()) {
      String verb = matched ? "\" matches \"" : "\" does not match \"";
      host.logRewrite("\"" + pattern() + verb + subject + "\"");
    }
    return matched;
  }

  private @Nullable String[] groups(Matcher matcher) {
    int count = regex.groupCount() == 0 ? 0 : matcher.count();
    @Nullable String[] groups = new String[count];
    for (int i = 0; i < count; i++) {
      groups[i] = group(matcher, i);
    }
    return groups;
  }

  /** A group that took no part in the match is the empty text, as in nginx. */
  private static String group(Matcher matcher, int number) {
    return matcher.start(number) < 0 ? "" : matcher.group(number);
  }

  @Override
  public String toString() {
    return (caseless ? "~*" : "~") + pattern();
  }
}
