package dev.banyan.lua;

import org.luaj.vm2.LuaError;

/**
 * Owned by one check: the tokens of a source text as its parser sees them, one at a time and one
 * ahead, with errors in LuaJIT's words and the text as it must be rewritten for LuaJ's compiler:
 * names and escapes that Lua 5.2 reads differently.
 */
final class Lexer {
  private final SourceReader in;
  private final SourceEdits edits = new SourceEdits();
  private final Scanner scanner;
  private int lastLine = 1;
  private Token token = Token.EOF;
  private char symbol;
  private boolean hasLookahead;
  private Token lookahead = Token.EOF;
  private char lookaheadSymbol;
  private int currentStart;
  private int currentEnd;

  Lexer(byte[] source, String chunk) {
    this.in = new SourceReader(source, chunk);
    this.scanner = new Scanner(in, edits);
  }

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
    return in.line();
  }

  /** The line of the token before the current one. */
  int lastLine() {
    return lastLine;
  }

  /** The current name's text. */
  String name() {
    return in.text(currentStart, currentEnd);
  }

  /** The text of the current name, number or string, a string's quotes included. */
  String text() {
    return in.buffer.toString();
  }

  void next() {
    lastLine = in.line();
    if (hasLookahead) {
      token = lookahead;
      symbol = lookaheadSymbol;
      hasLookahead = false;
    } else {
      token = scanner.scan();
      symbol = scanner.symbol();
    }
    currentStart = scanner.start();
    currentEnd = in.at();
  }

  /** The token after the current one. */
  Token lookahead() {
    if (!hasLookahead) {
      lookahead = scanner.scan();
      lookaheadSymbol = scanner.symbol();
      hasLookahead = true;
    }
    return lookahead;
  }

  /** Whether the token after the current one is this symbol. */
  boolean lookaheadIs(char c) {
    return lookahead() == Token.CHAR && lookaheadSymbol == c;
  }

  /** Makes the current token, the word {@code goto}, a name for LuaJ's compiler. */
  void renameCurrent() {
    edits.add(currentStart, currentEnd, Names.disguise(name()));
  }

  /** Whether a zero follows, which LuaJ's compiler doesn't negate. */
  boolean negativeZeroAhead() {
    return lookahead() == Token.NUMBER && scanner.value() == 0;
  }

  /** Replaces the current token, whatever scanning made of it. */
  void replaceCurrent(String text) {
    edits.addInstead(currentStart, currentEnd, text);
  }

  LuaError errorHere(String message) {
    String near =
        switch (token) {
          case NAME, STRING, NUMBER -> text();
          case CHAR ->
              symbol < 32 || symbol == 127 ? "char(" + (int) symbol + ")" : String.valueOf(symbol);
          default -> token.text();
        };
    return in.error(message, near);
  }

  LuaError errorBare(String message) {
    return in.error(message);
  }

  /** The source as LuaJ's compiler shall see it, with the same lines. */
  byte[] rewritten() {
    return edits.applied(in.source());
  }
}
