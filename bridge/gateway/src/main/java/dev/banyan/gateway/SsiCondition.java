package dev.banyan.gateway;

import dev.banyan.regex.GroupName;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.Regex;
import dev.banyan.regex.RegexFailure;
import dev.banyan.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The expressions of {@code if} and {@code elif}. */
final class SsiCondition {
  private SsiCondition() {}

  /** What an expression comes to. */
  enum Outcome {
    TRUE,
    FALSE,
    INVALID
  }

  private static Outcome of(boolean value) {
    return value ? Outcome.TRUE : Outcome.FALSE;
  }

  static Outcome evaluate(Request r, String expression) {
    int end = 0;
    while (end < expression.length() && leftCharacter(expression.charAt(end))) {
      end++;
    }
    String left = SsiText.evaluate(r, expression.substring(0, end).toLowerCase(Locale.ROOT));
    if (left == null) {
      return Outcome.INVALID;
    }
    int at = afterSpaces(expression, end);
    if (at == expression.length()) {
      return of(!left.isEmpty());
    }
    boolean negative = expression.startsWith("!=", at);
    if (!negative && expression.charAt(at) != '=') {
      return invalid(r, expression);
    }
    String right = expression.substring(afterSpaces(expression, at + (negative ? 2 : 1)));
    Outcome equal;
    if (right.length() > 1 && right.startsWith("/")) {
      if (!right.endsWith("/")) {
        return invalid(r, expression);
      }
      equal = matches(r, right.substring(1, right.length() - 1), left);
    } else {
      String text = SsiText.evaluate(r, right.startsWith("\\/") ? right.substring(1) : right);
      equal = text == null ? Outcome.INVALID : of(left.equals(text));
    }
    return negative && equal != Outcome.INVALID ? of(equal == Outcome.FALSE) : equal;
  }

  private static boolean leftCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "${}_\"'".indexOf(c) >= 0;
  }

  private static int afterSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static Outcome invalid(Request r, String expression) {
    r.log(ErrorLog.ERROR, "invalid expression in \"" + expression + "\"");
    return Outcome.INVALID;
  }

  /** Whether a pattern is found; if so, its groups become variables of the pages. */
  private static Outcome matches(Request r, String written, String subject) {
    String pattern = SsiText.evaluate(r, written);
    if (pattern == null) {
      return Outcome.INVALID;
    }
    try (Regex regex = Regex.compile(pattern, Set.of())) {
      Matcher matcher = regex.matcher().reset(subject);
      if (!matcher.find(0)) {
        return Outcome.FALSE;
      }
      SsiState pages = r.main().ssi();
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < matcher.count(); i++) {
        groups.add(matcher.group(i));
      }
      pages.captures(groups);
      for (GroupName name : regex.names()) {
        pages.set(name.name(), matcher.group(name.group()));
      }
      return Outcome.TRUE;
    } catch (RegexSyntaxException e) {
      r.log(ErrorLog.ERROR, "pcre2_compile() failed: " + e.nativeSentence());
      return Outcome.INVALID;
    } catch (RegexFailure e) {
      r.log(ErrorLog.ALERT, e.getMessage() + " on \"" + subject + "\" using \"" + pattern + "\"");
      return Outcome.INVALID;
    }
  }
}
