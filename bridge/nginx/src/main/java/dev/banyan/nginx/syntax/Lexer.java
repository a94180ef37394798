package dev.banyan.nginx.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one parser: splits a file into rows of words by nginx's rules. A quote only counts at
 * the start of a word, {@code #} too; a brace ends a word unless a dollar sign stands before it.
 */
final class Lexer {
  private final String file;
  private final String in;
  private int at;
  private int line = 1;

  Lexer(SourceFile source) {
    this.file = source.name();
    this.in = source.content();
  }

  /** Reads words up to and including what ends them. */
  Words next() {
    List<String> words = new ArrayList<>();
    while (true) {
      Words end = separator(words);
      if (end != null) {
        return end;
      }
      words.add(word());
    }
  }

  /** Reads Lua up to the closing brace of a block whose opening brace was just read. */
  String luaBlock() {
    LuaBlockScanner scanner = new LuaBlockScanner(in, at);
    int end = scanner.closingBrace();
    if (scanner.unclosedAt() >= 0) {
      line += newlines(in.substring(at, scanner.unclosedAt()));
      throw error(
          "Lua code block missing the closing long bracket \"%s\", the inlined Lua code may be too long"
              .formatted(scanner.unclosed()));
    }
    if (end < 0) {
      throw error("Lua code block missing the closing curly bracket \"}\"");
    }
    String code = in.substring(at, end);
    line += newlines(code);
    at = end + 1;
    return code;
  }

  private static int newlines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  int line() {
    return line;
  }

  /** Skips space and comments; the finished row when a terminator follows, null before a word. */
  private @Nullable Words separator(List<String> words) {
    while (at < in.length()) {
      char c = in.charAt(at);
      switch (c) {
        case ';', '{' -> {
          if (words.isEmpty()) {
            throw unexpected(c);
          }
          at++;
          return row(words, c == ';' ? Words.Terminator.SEMICOLON : Words.Terminator.BLOCK_START);
        }
        case '}' -> {
          if (!words.isEmpty()) {
            throw unexpected(c);
          }
          at++;
          return row(words, Words.Terminator.BLOCK_END);
        }
        case '#' -> skipComment();
        case ' ', '\t', '\r', '\n' -> advance();
        default -> {
          return null;
        }
      }
    }
    if (!words.isEmpty()) {
      throw unterminated();
    }
    return row(words, Words.Terminator.END);
  }

  private Words row(List<String> words, Words.Terminator terminator) {
    return new Words(words, terminator, line);
  }

  private void skipComment() {
    while (at < in.length() && in.charAt(at) != '\n') {
      at++;
    }
  }

  private char advance() {
    char c = in.charAt(at++);
    if (c == '\n') {
      line++;
    }
    return c;
  }

  private String word() {
    char c = in.charAt(at);
    return c == '"' || c == '\'' ? quotedWord(c) : plainWord();
  }

  private String quotedWord(char quote) {
    at++;
    StringBuilder out = new StringBuilder();
    while (at < in.length()) {
      char c = advance();
      if (c == '\\') {
        escape(out);
      } else if (c == quote) {
        requireSeparator();
        return out.toString();
      } else {
        out.append(c);
      }
    }
    throw unterminated();
  }

  private void requireSeparator() {
    if (at < in.length() && " \t\r\n;{)".indexOf(in.charAt(at)) < 0) {
      throw unexpected(in.charAt(at));
    }
  }

  private String plainWord() {
    StringBuilder out = new StringBuilder();
    boolean variable = false;
    while (at < in.length()) {
      char c = in.charAt(at);
      boolean variableBrace = c == '{' && variable;
      if (!variableBrace && " \t\r\n;{".indexOf(c) >= 0) {
        return out.toString();
      }
      advance();
      variable = c == '$' || variableBrace;
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    throw unterminated();
  }

  /** The character after a backslash: quotes, the backslash and control letters lose it. */
  private void escape(StringBuilder out) {
    if (at >= in.length()) {
      throw unterminated();
    }
    char c = advance();
    switch (c) {
      case '"', '\'', '\\' -> out.append(c);
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'n' -> out.append('\n');
      default -> out.append('\\').append(c);
    }
  }

  private ConfException unexpected(char c) {
    return error("unexpected \"" + c + "\"");
  }

  private ConfException unterminated() {
    return error("unexpected end of file, expecting \";\" or \"}\"");
  }

  ConfException error(String problem) {
    return new ConfException(problem, file, line);
  }
}
