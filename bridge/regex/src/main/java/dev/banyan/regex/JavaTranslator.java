package dev.banyan.regex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites one PCRE pattern for {@code java.util.regex}, or refuses it with the construct's name.
 */
final class JavaTranslator {
  private static final Map<String, String> POSIX =
      Map.ofEntries(
          Map.entry("alpha", "a-zA-Z"),
          Map.entry("digit", "0-9"),
          Map.entry("alnum", "a-zA-Z0-9"),
          Map.entry("upper", "A-Z"),
          Map.entry("lower", "a-z"),
          Map.entry("space", "\\s"),
          Map.entry("blank", "\\ \\t"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("xdigit", "0-9a-fA-F"),
          Map.entry("word", "\\w"),
          Map.entry("cntrl", "\\x00-\\x1f\\x7f"),
          Map.entry("graph", "\\x21-\\x7e"),
          Map.entry("print", "\\x20-\\x7e"),
          Map.entry("ascii", "\\x00-\\x7f"));

  private final String in;
  private final boolean duplicateNames;
  private final StringBuilder out = new StringBuilder();
  private final List<GroupName> names = new ArrayList<>();
  private final Deque<Boolean> outerExtended = new ArrayDeque<>();

  /** White space and comments are dropped here, as Java counts other characters as space. */
  private boolean extended;

  private int at;
  private int groups;

  JavaTranslator(String in, Set<RegexOption> options) {
    this.in = in;
    this.duplicateNames = options.contains(RegexOption.DUPLICATE_NAMES);
    this.extended = options.contains(RegexOption.EXTENDED);
  }

  /** What {@code java.util.regex} compiles: named groups became numbered ones. */
  record Translation(String pattern, int groupCount, List<GroupName> names) {}

  static RegexSyntaxException refuse(String pattern, int offset, String construct) {
    return new RegexSyntaxException(
        pattern, construct + " needs PCRE2, which is not installed (libpcre2-8)", offset);
  }

  Translation translate() {
    while (at < in.length()) {
      char c = in.charAt(at);
      switch (c) {
        case '\\' -> escape(false);
        case '[' -> charClass();
        case '(' -> open();
        case '{' -> brace();
        case '^' -> emit("(?:^|\\A)", 1);
        case ')' -> close();
        case '#' -> hash();
        case ' ', '\t', '\n', '\u000b', '\f', '\r' -> emit(extended ? "" : String.valueOf(c), 1);
        default -> emit(String.valueOf(c), 1);
      }
    }
    names.sort(Comparator.comparing(GroupName::name));
    return new Translation(out.toString(), groups, List.copyOf(names));
  }

  private void close() {
    emit(")", 1);
    if (!outerExtended.isEmpty()) {
      extended = outerExtended.pop();
    }
  }

  private void hash() {
    if (extended) {
      int end = in.indexOf('\n', at);
      at = end < 0 ? in.length() : end + 1;
    } else {
      emit("\\#", 1);
    }
  }

  private void brace() {
    int close = in.indexOf('}', at);
    boolean quantifier = close > 0 && in.substring(at, close + 1).matches("\\{\\d+(,\\d*)?}");
    out.append(quantifier ? "{" : "\\{");
    at++;
  }

  private void open() {
    if (in.startsWith("(*", at)) {
      throw refuse(in, at, "a (*VERB)");
    }
    if (!in.startsWith("(?", at)) {
      groups++;
      outerExtended.push(extended);
      emit("(", 1);
    } else if (in.startsWith("(?#", at)) {
      int close = in.indexOf(')', at);
      if (close < 0) {
        throw new RegexSyntaxException(in, "missing ) after comment", in.length());
      }
      at = close + 1;
    } else {
      special();
    }
  }

  private void special() {
    String rest = in.substring(at + 2, Math.min(in.length(), at + 4));
    if (rest.startsWith("P=")) {
      backReference(at + 4, ')');
    } else if (rest.startsWith("P<")) {
      named(at + 4, '>');
    } else if (rest.startsWith("'")) {
      named(at + 3, '\'');
    } else if (rest.startsWith("<") && !rest.startsWith("<=") && !rest.startsWith("<!")) {
      named(at + 3, '>');
    } else if (rest.isEmpty()
        || "|(R&+P0123456789CJUX".indexOf(rest.charAt(0)) >= 0
        || rest.matches("-\\d")) {
      throw refuse(in, at, "(?" + rest);
    } else {
      flagsOrAssertion();
    }
  }

  private void flagsOrAssertion() {
    int end = at + 2;
    boolean on = true;
    boolean now = extended;
    StringBuilder flags = new StringBuilder("(?");
    while (end < in.length() && "imsx-".indexOf(in.charAt(end)) >= 0) {
      char flag = in.charAt(end++);
      on &= flag != '-';
      now = flag == 'x' ? on : now;
      flags.append(flag == 'x' ? "" : String.valueOf(flag));
    }
    boolean setting = end < in.length() && in.charAt(end) == ')' && end > at + 2;
    if (setting) {
      extended = now;
      emit(flags + ")", end + 1 - at);
    } else {
      outerExtended.push(extended);
      extended = now;
      emit(flags.toString(), end - at);
    }
  }

  private void named(int start, char close) {
    int end = in.indexOf(close, start);
    if (end < 0) {
      throw new RegexSyntaxException(
          in, "syntax error in subpattern name (missing terminator)", in.length());
    }
    String name = in.substring(start, end);
    if (!duplicateNames && names.stream().anyMatch(n -> n.name().equals(name))) {
      throw new RegexSyntaxException(in, "two named subpatterns have the same name", end);
    }
    names.add(new GroupName(name, ++groups));
    outerExtended.push(extended);
    out.append('(');
    at = end + 1;
  }

  private void backReference(int start, char close) {
    int end = in.indexOf(close, start);
    String name = end < 0 ? "" : in.substring(start, end);
    int group =
        names.stream()
            .filter(n -> n.name().equals(name))
            .findFirst()
            .map(GroupName::group)
            .orElseThrow(
                () -> new RegexSyntaxException(in, "reference to non-existent subpattern", start));
    out.append("(?:\\").append(group).append(')');
    at = end + 1;
  }

  private void escape(boolean inClass) {
    if (at + 1 >= in.length()) {
      throw new RegexSyntaxException(in, "\\ at end of pattern", in.length());
    }
    char c = in.charAt(at + 1);
    switch (c) {
      case 'Q' -> quoted();
      case 'K', 'C', 'X', 'o', 'g' -> throw refuse(in, at, "\\" + c);
      case 'k' ->
          backReference(
              at + 3, in.startsWith("\\k{", at) ? '}' : in.startsWith("\\k'", at) ? '\'' : '>');
      case 'N' -> emit("[^\\n]", 2);
      case '0' -> octal();
      case 'E' -> at += 2;
      case 'x' -> hexadecimal();
      default -> {
        boolean digits =
            c >= '1' && c <= '9' && at + 2 < in.length() && Character.isDigit(in.charAt(at + 2));
        if (digits) {
          throw refuse(in, at, "\\" + c + in.charAt(at + 2));
        } else if (inClass && c == 'b') {
          emit("\\x08", 2);
        } else if (Character.isLetterOrDigit(c) || c >= 0x80) {
          emit(c >= 0x80 ? String.valueOf(c) : "\\" + c, 2);
        } else {
          emit("\\" + c, 2);
        }
      }
    }
  }

  private void emit(String text, int consumed) {
    out.append(text);
    at += consumed;
  }

  private void quoted() {
    int end = in.indexOf("\\E", at + 2);
    String text = in.substring(at + 2, end < 0 ? in.length() : end);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(Character.isLetterOrDigit(c) || c >= 0x80 ? "" : "\\").append(c);
    }
    at = end < 0 ? in.length() : end + 2;
  }

  private void octal() {
    int end = at + 2;
    while (end < in.length() && end < at + 4 && in.charAt(end) >= '0' && in.charAt(end) <= '7') {
      end++;
    }
    emit("\\x%02x".formatted(Integer.parseInt(in.substring(at + 1, end), 8)), end - at);
  }

  private void hexadecimal() {
    if (in.startsWith("\\x{", at)) {
      emit("\\x", 2);
      return;
    }
    int end = at + 2;
    while (end < in.length() && end < at + 4 && Character.digit(in.charAt(end), 16) >= 0) {
      end++;
    }
    String digits = in.substring(at + 2, end);
    emit("\\x%02x".formatted(digits.isEmpty() ? 0 : Integer.parseInt(digits, 16)), end - at);
  }

  private void charClass() {
    int start = at;
    out.append('[');
    at++;
    if (at < in.length() && in.charAt(at) == '^') {
      emit("^", 1);
    }
    if (at < in.length() && in.charAt(at) == ']') {
      emit("\\]", 1);
    }
    while (at < in.length() && in.charAt(at) != ']') {
      classItem(start);
    }
    if (at >= in.length()) {
      throw new RegexSyntaxException(in, "missing terminating ] for character class", in.length());
    }
    emit("]", 1);
  }

  private void classItem(int classStart) {
    char c = in.charAt(at);
    int posixEnd = in.startsWith("[:", at) ? in.indexOf(":]", at) : -1;
    if (c == '\\') {
      escape(true);
    } else if (posixEnd > 0) {
      String name = in.substring(at + 2, posixEnd);
      String members = POSIX.get(name);
      if (members == null) {
        throw name.startsWith("^")
            ? refuse(in, at, "a negated POSIX class")
            : new RegexSyntaxException(in, "unknown POSIX class name", classStart);
      }
      emit(members, posixEnd + 2 - at);
    } else {
      boolean literal = c == '[' || c == '&' || c == '#' || c <= ' ';
      emit(literal ? "\\" + c : String.valueOf(c), 1);
    }
  }
}
