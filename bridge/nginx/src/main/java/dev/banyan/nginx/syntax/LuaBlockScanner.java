package dev.banyan.nginx.syntax;

/**
 * Owned by one lexer: finds the brace that closes a Lua block, minding Lua's strings, long brackets
 * and comments.
 */
final class LuaBlockScanner {
  private final String in;
  private int at;
  private int unclosedAt = -1;
  private String unclosed = "";

  LuaBlockScanner(String in, int start) {
    this.in = in;
    this.at = start;
  }

  /** The index of the closing brace; -1 when there is none. */
  int closingBrace() {
    int depth = 1;
    while (at < in.length()) {
      char c = in.charAt(at);
      switch (c) {
        case '{' -> depth++;
        case '}' -> {
          if (--depth == 0) {
            return at;
          }
        }
        case '"', '\'' -> skipString(c);
        case '[' -> skipLongBracket();
        case '-' -> skipComment();
        default -> {
          // Any other character is code that no brace hides in.
        }
      }
      at++;
    }
    return -1;
  }

  /** Where a long bracket opens that nothing closes; -1 for none. */
  int unclosedAt() {
    return unclosedAt;
  }

  /** What that bracket wants; empty for none. */
  String unclosed() {
    return unclosed;
  }

  /**
   * Leaves {@code at} on the closing quote. A quote that nothing closes on its line is a character
   * as any other.
   */
  private void skipString(char quote) {
    int end = at + 1;
    while (end < in.length() && in.charAt(end) != '\n') {
      if (in.charAt(end) == quote) {
        at = end;
        return;
      }
      end += in.startsWith("\\", end) && !in.startsWith("\n", end + 1) ? 2 : 1;
    }
  }

  private void skipComment() {
    if (!in.startsWith("--", at)) {
      return;
    }
    at += 2;
    int before = at;
    if (at < in.length() && in.charAt(at) == '[') {
      skipLongBracket();
    }
    if (at == before) {
      int end = in.indexOf('\n', at);
      at = end < 0 ? in.length() : end;
    }
  }

  /** Leaves {@code at} on the last bracket of a long string, or where it was. */
  private void skipLongBracket() {
    int level = 0;
    while (at + 1 + level < in.length() && in.charAt(at + 1 + level) == '=') {
      level++;
    }
    int open = at + 1 + level;
    if (open >= in.length() || in.charAt(open) != '[') {
      return;
    }
    String close = "]" + "=".repeat(level) + "]";
    int end = in.indexOf(close, open + 1);
    if (end < 0) {
      unclosedAt = at;
      unclosed = close;
    }
    at = end < 0 ? in.length() : end + close.length() - 1;
  }
}
