package dev.banyan.lua;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one check: reads the expressions of a chunk, as {@link SyntaxChecker} its statements.
 */
final class ExpressionChecker {
  private static final int UNARY = 8;
  private static final Map<String, int[]> PRIORITIES =
      Map.ofEntries(
          Map.entry("+", new int[] {6, 6}),
          Map.entry("-", new int[] {6, 6}),
          Map.entry("*", new int[] {7, 7}),
          Map.entry("/", new int[] {7, 7}),
          Map.entry("%", new int[] {7, 7}),
          Map.entry("^", new int[] {10, 9}),
          Map.entry("..", new int[] {5, 4}),
          Map.entry("==", new int[] {3, 3}),
          Map.entry("~=", new int[] {3, 3}),
          Map.entry("<", new int[] {3, 3}),
          Map.entry("<=", new int[] {3, 3}),
          Map.entry(">", new int[] {3, 3}),
          Map.entry(">=", new int[] {3, 3}),
          Map.entry("and", new int[] {2, 2}),
          Map.entry("or", new int[] {1, 1}));

  private final Lexer lex;
  private final TokenChecks tokens;
  private final SyntaxChecker statements;

  /** The kind of a primary expression: what may be assigned to, called, or neither. */
  enum Kind {
    VARIABLE,
    CALL,
    VALUE
  }

  ExpressionChecker(Lexer lex, TokenChecks tokens, SyntaxChecker statements) {
    this.lex = lex;
    this.tokens = tokens;
    this.statements = statements;
  }

  void expressions() {
    expression();
    while (tokens.option(',')) {
      expression();
    }
  }

  void expression() {
    binary(0);
  }

  private void binary(int limit) {
    tokens.enter();
    unary();
    int[] priority = priority();
    while (priority != null && priority[0] > limit) {
      lex.next();
      binary(priority[1]);
      priority = priority();
    }
    tokens.leave();
  }

  private int @Nullable [] priority() {
    Token token = lex.token();
    if (token != Token.CHAR) {
      return PRIORITIES.get(token.text());
    }
    for (char c : new char[] {'+', '-', '*', '/', '%', '^', '<', '>'}) {
      if (lex.is(c)) {
        return PRIORITIES.get(String.valueOf(c));
      }
    }
    return null;
  }

  private void unary() {
    if (lex.is('-') && lex.negativeZeroAhead()) {
      lex.replaceCurrent("");
      lex.next();
      lex.replaceCurrent('"' + Names.NEGATIVE_ZERO_MARK + '"');
      lex.next();
    } else if (lex.token() == Token.NOT || lex.is('-') || lex.is('#')) {
      lex.next();
      binary(UNARY);
    } else {
      simple();
    }
  }

  private void simple() {
    switch (lex.token()) {
      case NUMBER, STRING, NIL, TRUE, FALSE -> lex.next();
      case DOTS -> {
        if (!statements.mayVary()) {
          throw lex.errorHere("cannot use '...' outside a vararg function");
        }
        lex.next();
      }
      case FUNCTION -> {
        lex.next();
        statements.body(false, lex.line());
      }
      default -> {
        if (lex.is('{')) {
          table();
        } else {
          primary();
        }
      }
    }
  }

  Kind primary() {
    Kind kind;
    if (lex.is('(')) {
      int line = lex.line();
      lex.next();
      expression();
      tokens.match(')', '(', line);
      kind = Kind.VALUE;
    } else if (lex.token() == Token.NAME || lex.token() == Token.GOTO) {
      tokens.name();
      kind = Kind.VARIABLE;
    } else {
      throw lex.errorHere("unexpected symbol");
    }
    while (true) {
      if (lex.is('.')) {
        lex.next();
        tokens.name();
        kind = Kind.VARIABLE;
      } else if (lex.is('[')) {
        bracket();
        kind = Kind.VARIABLE;
      } else if (lex.is(':')) {
        lex.next();
        tokens.name();
        arguments();
        kind = Kind.CALL;
      } else if (lex.is('(') || lex.is('{') || lex.token() == Token.STRING) {
        arguments();
        kind = Kind.CALL;
      } else {
        return kind;
      }
    }
  }

  private void bracket() {
    lex.next();
    expression();
    tokens.check(']');
  }

  private void arguments() {
    int line = lex.line();
    if (lex.is('(')) {
      if (line != lex.lastLine()) {
        throw lex.errorHere("ambiguous syntax (function call x new statement)");
      }
      lex.next();
      if (!lex.is(')')) {
        expressions();
      }
      tokens.match(')', '(', line);
    } else if (lex.is('{')) {
      table();
    } else if (lex.token() == Token.STRING) {
      lex.next();
    } else {
      throw lex.errorHere("function arguments expected");
    }
  }

  private void table() {
    int line = lex.line();
    tokens.check('{');
    while (!lex.is('}')) {
      if (lex.is('[')) {
        bracket();
        tokens.check('=');
      } else if ((lex.token() == Token.NAME || lex.token() == Token.GOTO) && lex.lookaheadIs('=')) {
        tokens.name();
        tokens.check('=');
      }
      expression();
      if (!tokens.option(',') && !tokens.option(';')) {
        break;
      }
    }
    tokens.match('}', '{', line);
  }
}
