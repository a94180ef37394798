package dev.banyan.regex;

import java.util.Map;

/**
 * The wording of PCRE 8 for errors that PCRE2 words otherwise. ngx_lua was long linked against PCRE
 * 8, so its texts are the ones in logs, tests and programs.
 */
final class Pcre1Text {
  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(107, "invalid escape sequence in character class"),
          Map.entry(109, "nothing to repeat"),
          Map.entry(111, "unrecognized character after (? or (?-"),
          Map.entry(114, "missing )"),
          Map.entry(117, "unknown option bit(s) set"),
          Map.entry(118, "missing ) after comment"),
          Map.entry(119, "parentheses are too deeply nested"),
          Map.entry(121, "failed to get memory"),
          Map.entry(122, "unmatched parentheses"),
          Map.entry(124, "malformed number or name after (?("),
          Map.entry(127, "conditional group contains more than two branches"),
          Map.entry(129, "digit expected after (?+"),
          Map.entry(134, "character value in \\x{} or \\o{} is too large"),
          Map.entry(136, "\\C not allowed in lookbehind assertion"),
          Map.entry(137, "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u"),
          Map.entry(138, "number after (?C is > 255"),
          Map.entry(139, "closing ) for (?C expected"),
          Map.entry(142, "syntax error in subpattern name (missing terminator)"),
          Map.entry(143, "two named subpatterns have the same name"),
          Map.entry(144, "group name must start with a non-digit"),
          Map.entry(147, "unknown property name after \\P or \\p"),
          Map.entry(148, "subpattern name is too long (maximum 32 characters)"),
          Map.entry(150, "invalid range in character class"),
          Map.entry(154, "DEFINE group contains more than one branch"),
          Map.entry(155, "missing opening brace after \\o"),
          Map.entry(158, "(?R or (?[+-]digits must be followed by )"),
          Map.entry(161, "number is too big"),
          Map.entry(164, "non-octal character in \\o{} (closing brace missing?)"),
          Map.entry(167, "non-hex character in \\x{} (closing brace missing?)"),
          Map.entry(168, "\\c must be followed by an ASCII character"),
          Map.entry(176, "name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)"),
          Map.entry(177, "character value in \\u.... sequence is too large"),
          Map.entry(178, "digits missing in \\x{} or \\o{}"),
          Map.entry(181, "closing ) for (?C expected"),
          Map.entry(182, "closing ) for (?C expected"),
          Map.entry(186, "regular expression is too complicated"),
          Map.entry(194, "unrecognized character after (? or (?-"),
          Map.entry(195, "(*VERB) not recognized or malformed"));

  private Pcre1Text() {}

  /**
   * The exception PCRE 8 would have led to; {@code code}, {@code text} and {@code offset} are
   * PCRE2's.
   */
  static RegexSyntaxException exception(String pattern, int code, String text, int offset) {
    return translated(pattern, code, text, offset).withNative(text, offset);
  }

  private static RegexSyntaxException translated(
      String pattern, int code, String text, int offset) {
    String before = pattern.substring(0, offset);
    boolean atEnd = offset == pattern.length();
    return switch (code) {
      case 114 ->
          before.endsWith("(?") && atEnd
              ? of(pattern, 111, text, offset)
              : of(pattern, code, text, offset);
      case 115 -> of(pattern, code, text, missingReference(pattern, before, offset));
      case 125 -> of(pattern, code, text, closingParenthesis(pattern, offset));
      case 129 -> of(pattern, code, text, offset + 1);
      case 137, 143, 147, 150, 151, 169, 171 -> of(pattern, code, text, offset - 1);
      case 157 ->
          before.endsWith("\\g") && atEnd
              ? new RegexSyntaxException(
                  pattern, "a numbered reference must not be zero", offset - 1)
              : of(pattern, code, text, offset);
      case 162 -> nameExpected(pattern, before, text, offset);
      default -> of(pattern, code, text, offset);
    };
  }

  private static int missingReference(String pattern, String before, int offset) {
    if (before.endsWith("(?")) {
      return pattern.indexOf(')', offset) + 1;
    }
    return before.endsWith("\\") ? pattern.length() : offset;
  }

  /** Where the group that opens at {@code open} closes; {@code open} itself if it does not. */
  private static int closingParenthesis(String pattern, int open) {
    int depth = 0;
    for (int i = open; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '(' -> depth++;
        case ')' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return i;
      }
    }
    return open;
  }

  private static RegexSyntaxException nameExpected(
      String pattern, String before, String text, int offset) {
    if (before.endsWith("(?<")) {
      return new RegexSyntaxException(pattern, "unrecognized character after (?<", offset);
    }
    return of(pattern, before.endsWith("(?P<") ? 142 : 162, text, offset);
  }

  private static RegexSyntaxException of(String pattern, int code, String text, int offset) {
    return new RegexSyntaxException(
        pattern, of(code, text), Math.clamp(offset, 0, pattern.length()));
  }

  private static String of(int code, String text) {
    if (code < 0) {
      return "invalid UTF-8 string";
    }
    return TEXTS.getOrDefault(code, text);
  }
}
