package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaError;

/**
 * Reads a chunk by LuaJIT's grammar, so that what LuaJIT refuses is refused in its words before
 * LuaJ's compiler, whose grammar is Lua 5.2's, sees it.
 */
final class SyntaxChecker {
  private static final int MAX_LOCALS = 200;

  private final Lexer lex;
  private final TokenChecks tokens;
  private final ExpressionChecker expressions;
  private Function function = new Function(null, 0, true, new InstructionLines());

  /**
   * A chunk that LuaJIT takes.
   *
   * @param text the source for LuaJ's compiler
   * @param lines the lines of its instructions
   */
  record Checked(byte[] text, InstructionLines lines) {}

  /** The function whose body is being read. */
  private static final class Function {
    final @Nullable Function outer;
    final int line;
    final boolean vararg;
    final InstructionLines lines;
    int locals;

    Function(@Nullable Function outer, int line, boolean vararg, InstructionLines lines) {
      this.lines = lines;
      this.outer = outer;
      this.line = line;
      this.vararg = vararg;
    }
  }

  private SyntaxChecker(Lexer lex) {
    this.lex = lex;
    this.tokens = new TokenChecks(lex);
    this.expressions = new ExpressionChecker(lex, tokens, this);
  }

  /**
   * Checks a chunk.
   *
   * @throws LuaError with LuaJIT's message
   */
  static Checked check(byte[] source, String chunk) {
    Lexer lex = new Lexer(source, chunk);
    SyntaxChecker checker = new SyntaxChecker(lex);
    lex.next();
    checker.chunk();
    if (lex.token() != Token.EOF) {
      throw checker.tokens.expected(Token.EOF.text());
    }
    return new Checked(lex.rewritten(), checker.function.lines);
  }

  private void chunk() {
    tokens.enter();
    boolean last = false;
    while (!last && !blockEnds()) {
      last = statement();
      tokens.option(';');
    }
    tokens.leave();
  }

  private void block() {
    int locals = function.locals;
    chunk();
    function.locals = locals;
  }

  private boolean blockEnds() {
    return switch (lex.token()) {
      case ELSE, ELSEIF, END, UNTIL, EOF -> true;
      default -> false;
    };
  }

  /** Reads a statement; answers whether it must be a block's last. */
  private boolean statement() {
    int line = lex.line();
    switch (lex.token()) {
      case IF -> ifStatement(line);
      case WHILE -> {
        lex.next();
        expressions.expression();
        tokens.check(Token.DO);
        block();
        tokens.match(Token.END, Token.WHILE, line);
      }
      case DO -> {
        lex.next();
        block();
        tokens.match(Token.END, Token.DO, line);
      }
      case FOR -> forStatement(line);
      case REPEAT -> {
        lex.next();
        int locals = function.locals;
        chunk();
        tokens.match(Token.UNTIL, Token.REPEAT, line);
        expressions.expression();
        function.locals = locals;
      }
      case FUNCTION -> functionStatement(line);
      case LOCAL -> {
        lex.next();
        local();
      }
      case RETURN -> {
        lex.next();
        if (!blockEnds() && !lex.is(';')) {
          expressions.returned();
        }
        return true;
      }
      case BREAK -> {
        lex.next();
        return true;
      }
      case LABEL -> label();
      case GOTO -> {
        if (lex.lookahead() == Token.NAME) {
          lex.next();
          tokens.name();
        } else {
          callOrAssignment();
        }
      }
      default -> callOrAssignment();
    }
    return false;
  }

  private void ifStatement(int line) {
    thenBlock();
    while (lex.token() == Token.ELSEIF) {
      thenBlock();
    }
    if (lex.token() == Token.ELSE) {
      lex.next();
      block();
    }
    tokens.match(Token.END, Token.IF, line);
  }

  private void thenBlock() {
    lex.next();
    expressions.expression();
    tokens.check(Token.THEN);
    block();
  }

  private void forStatement(int line) {
    lex.next();
    int locals = function.locals;
    tokens.name();
    if (lex.is('=')) {
      lex.next();
      expressions.expression();
      tokens.check(',');
      expressions.expression();
      if (tokens.option(',')) {
        expressions.expression();
      }
      declare(4);
    } else if (lex.is(',') || lex.token() == Token.IN) {
      int names = 1;
      while (tokens.option(',')) {
        tokens.name();
        names++;
      }
      tokens.check(Token.IN);
      expressions.expressions();
      declare(3 + names);
    } else {
      throw lex.errorHere("'=' or 'in' expected");
    }
    tokens.check(Token.DO);
    block();
    function.locals = locals;
    tokens.match(Token.END, Token.FOR, line);
  }

  private void functionStatement(int line) {
    lex.next();
    tokens.name();
    while (lex.is('.')) {
      lex.next();
      tokens.name();
    }
    boolean method = lex.is(':');
    if (method) {
      lex.next();
      tokens.name();
    }
    body(method, line);
  }

  private void local() {
    if (lex.token() == Token.FUNCTION) {
      lex.next();
      tokens.name();
      declare(1);
      body(false, lex.line());
      return;
    }
    int names = 0;
    do {
      tokens.name();
      names++;
      limit(names);
    } while (tokens.option(','));
    if (tokens.option('=')) {
      expressions.expressions();
    }
    declare(names);
  }

  private void label() {
    lex.next();
    tokens.name();
    tokens.check(Token.LABEL);
    while (lex.token() == Token.LABEL) {
      tokens.enter();
      label();
      tokens.leave();
    }
  }

  private void callOrAssignment() {
    ExpressionChecker.Kind kind = expressions.primary();
    if (kind != ExpressionChecker.Kind.CALL) {
      assignment(kind);
    }
  }

  private void assignment(ExpressionChecker.Kind first) {
    ExpressionChecker.Kind kind = first;
    while (true) {
      if (kind != ExpressionChecker.Kind.VARIABLE) {
        throw lex.errorHere("syntax error");
      }
      if (!tokens.option(',')) {
        break;
      }
      kind = expressions.primary();
    }
    tokens.check('=');
    expressions.expressions();
  }

  private void declare(int count) {
    limit(count);
    function.locals += count;
  }

  private void limit(int more) {
    if (function.locals + more > MAX_LOCALS) {
      String who = function.line == 0 ? "main function" : "function at line " + function.line;
      throw lex.errorBare(who + " has more than " + MAX_LOCALS + " local variables");
    }
  }

  /** A function from its parameters to its end. */
  void body(boolean method, int line) {
    int parameters = method ? 1 : 0;
    boolean vararg = false;
    tokens.check('(');
    if (!lex.is(')')) {
      do {
        if (lex.token() == Token.NAME || lex.token() == Token.GOTO) {
          tokens.name();
          parameters++;
        } else if (lex.token() == Token.DOTS) {
          lex.next();
          vararg = true;
          break;
        } else {
          throw lex.errorHere("<name> or '...' expected");
        }
      } while (tokens.option(','));
    }
    tokens.check(')');
    Function inner = new Function(function, line, vararg, function.lines.within());
    function = inner;
    declare(parameters);
    chunk();
    if (lex.token() != Token.END) {
      throw tokens.unmatched(Token.END.text(), Token.FUNCTION.text(), line);
    }
    lex.next();
    function = inner.outer == null ? inner : inner.outer;
  }

  /** Notes an operation of the function that is being read. */
  void note(int opcode, int line) {
    function.lines.add(opcode, line);
  }

  /** Notes that the call which was noted last leaves its function. */
  void noteLeaving(int line) {
    function.lines.moveLast(Lua.OP_CALL, line);
  }

  /** Whether {@code ...} stands for something in the function that is being read. */
  boolean mayVary() {
    return function.vararg;
  }
}
