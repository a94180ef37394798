package dev.banyan.lua;

import org.luaj.vm2.LuaError;

/**
 * Owned by one check: takes tokens that the grammar wants to be there, and complains in LuaJIT's
 * words where others are.
 */
final class TokenChecks {
  private static final int MAX_LEVELS = 200;

  private final Lexer lex;
  private int levels;

  TokenChecks(Lexer lex) {
    this.lex = lex;
  }

  void name() {
    if (lex.token() == Token.GOTO) {
      lex.renameCurrent();
    } else if (lex.token() != Token.NAME) {
      throw expected(Token.NAME.text());
    }
    lex.next();
  }

  boolean option(char c) {
    if (lex.is(c)) {
      lex.next();
      return true;
    }
    return false;
  }

  void check(char c) {
    if (!option(c)) {
      throw expected(String.valueOf(c));
    }
  }

  void check(Token token) {
    if (lex.token() != token) {
      throw expected(token.text());
    }
    lex.next();
  }

  void match(Token what, Token who, int line) {
    if (lex.token() != what) {
      throw unmatched(what.text(), who.text(), line);
    }
    lex.next();
  }

  void match(char what, char who, int line) {
    if (!option(what)) {
      throw unmatched(String.valueOf(what), String.valueOf(who), line);
    }
  }

  LuaError unmatched(String what, String who, int line) {
    return line == lex.line()
        ? expected(what)
        : lex.errorHere("'" + what + "' expected (to close '" + who + "' at line " + line + ")");
  }

  LuaError expected(String what) {
    return lex.errorHere("'" + what + "' expected");
  }

  void enter() {
    if (++levels >= MAX_LEVELS) {
      throw lex.errorBare("chunk has too many syntax levels");
    }
  }

  void leave() {
    levels--;
  }
}
