package dev.banyan.lua.ffi;

import org.luaj.vm2.LuaError;

/** Owned by one parser: the words of a declaration, the current one and one ahead. */
final class CWords {
  private final CScanner scanner;
  private CToken current;
  private CToken ahead;

  CWords(CScanner scanner) {
    this.scanner = scanner;
    this.current = scanner.next();
    this.ahead = scanner.next();
  }

  CToken current() {
    return current;
  }

  CToken ahead() {
    return ahead;
  }

  void next() {
    current = ahead;
    ahead = current.kind() == CToken.Kind.END ? CToken.END : scanner.next();
  }

  /** Goes on when the current word is this symbol. */
  boolean option(String symbol) {
    if (current.is(symbol)) {
      next();
      return true;
    }
    return false;
  }

  void check(String symbol) {
    if (!option(symbol)) {
      throw expected("'" + symbol + "'");
    }
  }

  void checkEnd() {
    if (current.kind() != CToken.Kind.END) {
      throw expected("'<eof>'");
    }
    if (!scanner.parametersUsed()) {
      throw scanner.error("wrong number of type parameters");
    }
  }

  String name() {
    if (!current.isName()) {
      throw expected("'<identifier>'");
    }
    String name = current.name();
    next();
    return name;
  }

  LuaError expected(String what) {
    return near(what + " expected");
  }

  LuaError near(String message) {
    return scanner.error(message + " near '" + current.text() + "'");
  }

  LuaError error(String message) {
    return scanner.error(message);
  }

  int line() {
    return scanner.line();
  }

  /** Skips what stands in brackets, the current one included. */
  void skipBrackets(String open, String close) {
    int depth = 0;
    do {
      if (current.is(open)) {
        depth++;
      } else if (current.is(close)) {
        depth--;
      } else if (current.kind() == CToken.Kind.END) {
        throw expected("'" + close + "'");
      }
      next();
    } while (depth > 0);
  }
}
