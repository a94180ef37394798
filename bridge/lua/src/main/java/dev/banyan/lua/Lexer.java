package dev.banyan.lua;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;

/**
 * Splits source text into tokens as LuaJIT does, complains in its words, and notes where the text
 * must be rewritten for LuaJ's compiler: names and escapes that Lua 5.2 reads differently.
 */
final class Lexer {
  private static final int EOF = -1;

  private final byte[] source;
  private final String chunk;
  private final List<Edit> edits = new ArrayList<>();
  private final StringBuilder buffer = new StringBuilder();
  private int at;
  private int tokenStart;
  private int line = 1;
  private int lastLine = 1;
  private Token token = Token.EOF;
  private char symbol;
  private boolean hasLookahead;
  private Token lookahead = Token.EOF;
  private char lookaheadSymbol;
  private int currentStart;
  private int currentEnd;
  private double value;

  /** A stretch of the source and what stands for it. */
  private record Edit(int from, int to, String text) {}

  Lexer(byte[] source, String chunk) {
    this.source = source;
    this.chunk = chunk;
    skipHeader();
  }

  private void skipHeader() {
    if (source.length >= 3
        && (source[0] & 0xff) == 0xef
        && (source[1] & 0xff) == 0xbb
        && (source[2] & 0xff) == 0xbf) {
      edits.add(new Edit(0, 3, ""));
      at = 3;
    }
    if (peek() == '#') {
      int from = at;
      while (peek() != EOF && !isNewline(peek())) {
        at++;
      }
      edits.add(new Edit(from, at, ""));
    }
  }

  // ---- the parser's view

  Token token() {
    return token;
  }

  /** Whether the current token is this one-character symbol. */
  boolean is(char c) {
    return token == Token.CHAR && symbol == c;
  }

  /** The current one-character symbol. */
  char symbol() {
    return symbol;
  }

  int line() {
    return line;
  }

  /** The line of the token before the current one. */
  int lastLine() {
    return lastLine;
  }

  /** The current name's text. */
  String name() {
    return new String(source, currentStart, currentEnd - currentStart, StandardCharsets.ISO_8859_1);
  }

  /** The text of the current name, number or string, a string's quotes included. */
  String text() {
    return buffer.toString();
  }

  void next() {
    lastLine = line;
    if (hasLookahead) {
      token = lookahead;
      symbol = lookaheadSymbol;
      hasLookahead = false;
      currentStart = tokenStart;
      currentEnd = at;
      return;
    }
    token = scan();
    currentStart = tokenStart;
    currentEnd = at;
  }

  /** The token after the current one. */
  Token lookahead() {
    peekToken();
    return lookahead;
  }

  /** Whether the token after the current one is this symbol. */
  boolean lookaheadIs(char c) {
    peekToken();
    return lookahead == Token.CHAR && lookaheadSymbol == c;
  }

  private void peekToken() {
    if (!hasLookahead) {
      char kept = symbol;
      lookahead = scan();
      lookaheadSymbol = symbol;
      symbol = kept;
      hasLookahead = true;
    }
  }

  /** Makes the current token, the word {@code goto}, a name for LuaJ's compiler. */
  void renameCurrent() {
    edits.add(new Edit(currentStart, currentEnd, Names.disguise(name())));
  }

  /** Makes LuaJ's compiler see minus zero for the current minus sign and the zero after it. */
  boolean negativeZeroAhead() {
    if (lookahead() != Token.NUMBER) {
      return false;
    }
    return value == 0;
  }

  /** Replaces the current token, whatever scanning made of it. */
  void replaceCurrent(String text) {
    int recent = Math.max(edits.size() - 2, 0);
    edits.subList(recent, edits.size()).removeIf(edit -> edit.from() == currentStart);
    edits.add(new Edit(currentStart, currentEnd, text));
  }

  LuaError errorHere(String message) {
    return error(message, describe(token, symbol));
  }

  LuaError errorBare(String message) {
    return LuaErrors.bare(ChunkNames.display(chunk) + ":" + line + ": " + message);
  }

  private LuaError error(String message, String near) {
    return errorBare(message + " near '" + near + "'");
  }

  private String describe(Token t, char c) {
    return switch (t) {
      case NAME, STRING, NUMBER -> buffer.toString();
      case CHAR -> c < 32 || c == 127 ? "char(" + (int) c + ")" : String.valueOf(c);
      default -> t.text();
    };
  }

  /** The source as LuaJ's compiler shall see it, with the same lines. */
  byte[] rewritten() {
    if (edits.isEmpty()) {
      return source;
    }
    edits.sort((a, b) -> Integer.compare(a.from(), b.from()));
    StringBuilder out = new StringBuilder(source.length + 64);
    int from = 0;
    String text = new String(source, StandardCharsets.ISO_8859_1);
    for (Edit edit : edits) {
      out.append(text, from, edit.from()).append(edit.text());
      from = edit.to();
    }
    out.append(text, from, text.length());
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---- scanning

  private int peek() {
    return at < source.length ? source[at] & 0xff : EOF;
  }

  private static boolean isNewline(int c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isIdent(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c >= 128;
  }

  private void newline() {
    int c = peek();
    at++;
    if (isNewline(peek()) && peek() != c) {
      at++;
    }
    line++;
  }

  private void save() {
    buffer.append((char) peek());
    at++;
  }

  private Token character(int c) {
    symbol = (char) c;
    return Token.CHAR;
  }

  private Token scan() {
    buffer.setLength(0);
    while (true) {
      tokenStart = at;
      int c = peek();
      if (isIdent(c)) {
        return c >= '0' && c <= '9' ? number() : word();
      }
      switch (c) {
        case '\n', '\r' -> newline();
        case ' ', '\t', 11, 12 -> at++;
        case '-' -> {
          at++;
          if (peek() != '-') {
            return character('-');
          }
          at++;
          comment();
        }
        case '[' -> {
          int level = bracketLevel();
          if (level >= 0) {
            longText(level, "string");
            return Token.STRING;
          }
          if (level == -1) {
            return character('[');
          }
          throw error("invalid long string delimiter", buffer.toString());
        }
        case '=', '<', '>', '~' -> {
          at++;
          if (peek() != '=') {
            return character(c);
          }
          at++;
          return switch (c) {
            case '=' -> Token.EQ;
            case '<' -> Token.LE;
            case '>' -> Token.GE;
            default -> Token.NE;
          };
        }
        case ':' -> {
          at++;
          if (peek() != ':') {
            return character(':');
          }
          at++;
          return Token.LABEL;
        }
        case '"', '\'' -> {
          string(c);
          return Token.STRING;
        }
        case '.' -> {
          return dots();
        }
        case EOF -> {
          return Token.EOF;
        }
        default -> {
          at++;
          return character(c);
        }
      }
    }
  }

  private Token word() {
    while (isIdent(peek())) {
      save();
    }
    String word = buffer.toString();
    Token kind = Token.ofWord(word);
    if (kind == Token.NAME && Names.needsDisguise(word)) {
      edits.add(new Edit(tokenStart, at, Names.disguise(word)));
    }
    return kind;
  }

  private Token dots() {
    save();
    if (peek() == '.') {
      at++;
      if (peek() == '.') {
        at++;
        return Token.DOTS;
      }
      return Token.CONCAT;
    }
    if (peek() < '0' || peek() > '9') {
      return character('.');
    }
    return number();
  }

  private Token number() {
    int exponent = 'e';
    int c = peek();
    if (c == '0') {
      save();
      if ((peek() | 32) == 'x') {
        exponent = 'p';
      }
    }
    while (isIdent(peek())
        || peek() == '.'
        || ((peek() == '-' || peek() == '+') && (c | 32) == exponent)) {
      c = peek();
      save();
    }
    byte[] digits = LuaText.bytes(LuaText.of(buffer.toString()));
    LuaNumber number = NumberScanner.scan(digits, 0, digits.length);
    if (number == null || !startsAsNumber(digits)) {
      throw error("malformed number", buffer.toString());
    }
    value = number.todouble();
    if (buffer.indexOf("x") >= 0
        || buffer.indexOf("X") >= 0
        || buffer.indexOf("b") >= 0
        || buffer.indexOf("B") >= 0) {
      edits.add(new Edit(tokenStart, at, literal(value)));
    }
    return Token.NUMBER;
  }

  private static boolean startsAsNumber(byte[] digits) {
    return digits[0] == '.' || (digits[0] >= '0' && digits[0] <= '9');
  }

  private static String literal(double value) {
    if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  private void comment() {
    if (peek() == '[') {
      int level = bracketLevel();
      buffer.setLength(0);
      if (level >= 0) {
        longText(level, "comment");
        buffer.setLength(0);
        return;
      }
    }
    while (peek() != EOF && !isNewline(peek())) {
      at++;
    }
  }

  /** The number of signs in a long bracket, -1 for a lone bracket, -2 for a broken one. */
  private int bracketLevel() {
    int open = peek();
    int level = 0;
    save();
    while (peek() == '=') {
      save();
      level++;
    }
    if (peek() == open) {
      return level;
    }
    return level == 0 ? -1 : -2;
  }

  private void longText(int level, String what) {
    save();
    while (true) {
      int c = peek();
      if (c == EOF) {
        throw error("unfinished long " + what, Token.EOF.text());
      }
      if (c == ']') {
        if (closes(level)) {
          return;
        }
      } else if (isNewline(c)) {
        buffer.append('\n');
        newline();
      } else {
        save();
      }
    }
  }

  private boolean closes(int level) {
    save();
    int signs = 0;
    while (peek() == '=') {
      save();
      signs++;
    }
    if (signs == level && peek() == ']') {
      save();
      return true;
    }
    return false;
  }

  private void string(int delimiter) {
    boolean rewrite = false;
    save();
    while (peek() != delimiter) {
      int c = peek();
      if (c == EOF) {
        throw error("unfinished string", Token.EOF.text());
      }
      if (isNewline(c)) {
        throw error("unfinished string", buffer.toString());
      }
      if (c == '\\') {
        at++;
        rewrite |= escape();
      } else {
        save();
      }
    }
    save();
    if (rewrite) {
      edits.add(new Edit(tokenStart, at, requote()));
    }
  }

  /** Reads the escape after a backslash; answers whether LuaJ's compiler doesn't know it. */
  private boolean escape() {
    int c = peek();
    int simple = "abfnrtv\\\"'".indexOf(c);
    if (c >= 0 && simple >= 0) {
      buffer.append("\7\b\f\n\r\t\13\\\"'".charAt(simple));
      at++;
      return false;
    }
    switch (c) {
      case 'x' -> hexEscape();
      case 'u' -> {
        unicodeEscape();
        return true;
      }
      case 'z' -> {
        at++;
        while (peek() == ' ' || (peek() >= 9 && peek() <= 13)) {
          if (isNewline(peek())) {
            newline();
          } else {
            at++;
          }
        }
      }
      case '\n', '\r' -> {
        buffer.append('\n');
        newline();
      }
      case EOF -> {}
      default -> decimalEscape();
    }
    return false;
  }

  private LuaError badEscape() {
    return error("invalid escape sequence", buffer.toString());
  }

  private void hexEscape() {
    at++;
    int value = 0;
    for (int i = 0; i < 2; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw badEscape();
      }
      value = value * 16 + digit;
      at++;
    }
    buffer.append((char) value);
  }

  private void decimalEscape() {
    int value = 0;
    int digits = 0;
    while (digits < 3 && peek() >= '0' && peek() <= '9') {
      value = value * 10 + peek() - '0';
      at++;
      digits++;
    }
    if (digits == 0 || value > 255) {
      throw badEscape();
    }
    buffer.append((char) value);
  }

  private void unicodeEscape() {
    at++;
    if (peek() != '{') {
      throw badEscape();
    }
    at++;
    int value = 0;
    int digits = 0;
    while (Character.digit(peek(), 16) >= 0) {
      value = value * 16 + Character.digit(peek(), 16);
      at++;
      digits++;
      if (value >= 0x110000) {
        throw badEscape();
      }
    }
    if (digits == 0 || peek() != '}' || (value >= 0xd800 && value < 0xe000)) {
      throw badEscape();
    }
    at++;
    byte[] utf8 = Character.toString(value).getBytes(StandardCharsets.UTF_8);
    for (byte b : utf8) {
      buffer.append((char) (b & 0xff));
    }
  }

  private String requote() {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 1; i < buffer.length() - 1; i++) {
      out.append(String.format("\\%03d", (int) buffer.charAt(i)));
    }
    out.append('"');
    for (int i = tokenStart; i < at; i++) {
      if (source[i] == '\n') {
        out.append('\n');
      }
    }
    return out.toString();
  }
}
