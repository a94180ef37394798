package dev.banyan.lua;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;

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

  /** The instructions of operators, as far as they may fail. */
  private static final Map<String, Integer> OPERATIONS =
      Map.ofEntries(
          Map.entry("+", Lua.OP_ADD),
          Map.entry("-", Lua.OP_SUB),
          Map.entry("*", Lua.OP_MUL),
          Map.entry("/", Lua.OP_DIV),
          Map.entry("%", Lua.OP_MOD),
          Map.entry("^", Lua.OP_POW),
          Map.entry("..", Lua.OP_CONCAT),
          Map.entry("<", Lua.OP_LT),
          Map.entry(">", Lua.OP_LT),
          Map.entry("<=", Lua.OP_LE),
          Map.entry(">=", Lua.OP_LE));

  private final Lexer lex;
  private final TokenChecks tokens;
  private final SyntaxChecker statements;

  /** What was read last: a number that is folded into others, say, or a call and no more. */
  private enum Shape {
    NUMBER,
    CONCATENATION,
    CALL,
    OTHER
  }

  private Shape shape = Shape.OTHER;

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

  /** What a function returns; a call alone leaves the function, on the line where it ends. */
  void returned() {
    expression();
    if (tokens.option(',')) {
      expressions();
    } else if (shape == Shape.CALL) {
      statements.noteLeaving(lex.lastLine());
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
      String operator = operator();
      Shape left = shape;
      lex.next();
      binary(priority[1]);
      noteBinary(operator, left);
      priority = priority();
    }
    tokens.leave();
  }

  private String operator() {
    return lex.token() == Token.CHAR ? String.valueOf(lex.symbol()) : lex.token().text();
  }

  /** Numbers are folded, and a concatenation takes what stands before it in. */
  private void noteBinary(String operator, Shape left) {
    boolean concatenation = operator.equals("..");
    boolean compared = operator.startsWith("<") || operator.startsWith(">");
    boolean folded = left == Shape.NUMBER && shape == Shape.NUMBER && !concatenation && !compared;
    Integer opcode = OPERATIONS.get(operator);
    if (opcode != null && !folded && !(concatenation && shape == Shape.CONCATENATION)) {
      statements.note(opcode, lex.lastLine());
    }
    boolean number = folded && opcode != null;
    shape = concatenation ? Shape.CONCATENATION : number ? Shape.NUMBER : Shape.OTHER;
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
      shape = Shape.OTHER;
    } else if (lex.token() == Token.NOT || lex.is('-') || lex.is('#')) {
      String operator = operator();
      lex.next();
      binary(UNARY);
      noteUnary(operator);
    } else {
      shape = lex.token() == Token.NUMBER ? Shape.NUMBER : Shape.OTHER;
      simple();
    }
  }

  private void noteUnary(String operator) {
    if (operator.equals("#")) {
      statements.note(Lua.OP_LEN, lex.lastLine());
    } else if (operator.equals("-") && shape != Shape.NUMBER) {
      statements.note(Lua.OP_UNM, lex.lastLine());
    }
    shape = operator.equals("-") && shape == Shape.NUMBER ? Shape.NUMBER : Shape.OTHER;
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
        shape = Shape.OTHER;
      }
      default -> {
        if (lex.is('{')) {
          table();
          shape = Shape.OTHER;
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
      shape = Shape.OTHER;
    } else {
      throw lex.errorHere("unexpected symbol");
    }
    Shape first = shape;
    while (true) {
      shape = Shape.OTHER;
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
        shape =
            switch (kind) {
              case CALL -> Shape.CALL;
              case VALUE -> first == Shape.CALL ? Shape.OTHER : first;
              case VARIABLE -> Shape.OTHER;
            };
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
    readArguments(line);
    statements.note(Lua.OP_CALL, line);
  }

  private void readArguments(int line) {
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
