package dev.banyan.lua;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;

/**
 * Reads a chunk by LuaJIT's grammar, so that what LuaJIT refuses is refused in its words before
 * LuaJ's compiler, whose grammar is Lua 5.2's, sees it.
 */
final class SyntaxChecker {
  private static final int MAX_LEVELS = 200;
  private static final int MAX_LOCALS = 200;
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
  private int levels;
  private Function function = new Function(null, 0, true);

  /** The kind of a primary expression: what may be assigned to, called, or neither. */
  private enum Kind {
    VARIABLE,
    CALL,
    VALUE
  }

  /** The function whose body is being read. */
  private static final class Function {
    final @Nullable Function outer;
    final int line;
    final boolean vararg;
    int locals;

    Function(@Nullable Function outer, int line, boolean vararg) {
      this.outer = outer;
      this.line = line;
      this.vararg = vararg;
    }
  }

  private SyntaxChecker(Lexer lex) {
    this.lex = lex;
  }

  /**
   * Checks a chunk.
   *
   * @return the source for LuaJ's compiler
   * @throws LuaError with LuaJIT's message
   */
  static byte[] check(byte[] source, String chunk) {
    Lexer lex = new Lexer(source, chunk);
    SyntaxChecker checker = new SyntaxChecker(lex);
    lex.next();
    checker.chunk();
    if (lex.token() != Token.EOF) {
      throw checker.expected(Token.EOF.text());
    }
    return lex.rewritten();
  }

  // ---- statements

  private void chunk() {
    enter();
    boolean last = false;
    while (!last && !blockEnds()) {
      last = statement();
      option(';');
    }
    leave();
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
        expression();
        check(Token.DO);
        block();
        match(Token.END, Token.WHILE, line);
      }
      case DO -> {
        lex.next();
        block();
        match(Token.END, Token.DO, line);
      }
      case FOR -> forStatement(line);
      case REPEAT -> {
        lex.next();
        int locals = function.locals;
        chunk();
        match(Token.UNTIL, Token.REPEAT, line);
        expression();
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
          expressions();
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
          name();
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
    match(Token.END, Token.IF, line);
  }

  private void thenBlock() {
    lex.next();
    expression();
    check(Token.THEN);
    block();
  }

  private void forStatement(int line) {
    lex.next();
    int locals = function.locals;
    name();
    if (lex.is('=')) {
      lex.next();
      expression();
      check(',');
      expression();
      if (option(',')) {
        expression();
      }
      declare(4);
    } else if (lex.is(',') || lex.token() == Token.IN) {
      int names = 1;
      while (option(',')) {
        name();
        names++;
      }
      check(Token.IN);
      expressions();
      declare(3 + names);
    } else {
      throw lex.errorHere("'=' or 'in' expected");
    }
    check(Token.DO);
    block();
    function.locals = locals;
    match(Token.END, Token.FOR, line);
  }

  private void functionStatement(int line) {
    lex.next();
    name();
    while (lex.is('.')) {
      lex.next();
      name();
    }
    boolean method = lex.is(':');
    if (method) {
      lex.next();
      name();
    }
    body(method, line);
  }

  private void local() {
    if (lex.token() == Token.FUNCTION) {
      lex.next();
      name();
      declare(1);
      body(false, lex.line());
      return;
    }
    int names = 0;
    do {
      name();
      names++;
      limit(names);
    } while (option(','));
    if (option('=')) {
      expressions();
    }
    declare(names);
  }

  private void label() {
    lex.next();
    name();
    check(Token.LABEL);
    while (lex.token() == Token.LABEL) {
      enter();
      label();
      leave();
    }
  }

  private void callOrAssignment() {
    Kind kind = primary();
    if (kind != Kind.CALL) {
      assignment(kind);
    }
  }

  private void assignment(Kind first) {
    Kind kind = first;
    while (true) {
      if (kind != Kind.VARIABLE) {
        throw lex.errorHere("syntax error");
      }
      if (!option(',')) {
        break;
      }
      kind = primary();
    }
    check('=');
    expressions();
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

  // ---- expressions

  private void expressions() {
    expression();
    while (option(',')) {
      expression();
    }
  }

  private void expression() {
    binary(0);
  }

  private void binary(int limit) {
    enter();
    unary();
    int[] priority = priority();
    while (priority != null && priority[0] > limit) {
      lex.next();
      binary(priority[1]);
      priority = priority();
    }
    leave();
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
        if (!function.vararg) {
          throw lex.errorHere("cannot use '...' outside a vararg function");
        }
        lex.next();
      }
      case FUNCTION -> {
        lex.next();
        body(false, lex.line());
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

  private Kind primary() {
    Kind kind;
    if (lex.is('(')) {
      int line = lex.line();
      lex.next();
      expression();
      match(')', '(', line);
      kind = Kind.VALUE;
    } else if (lex.token() == Token.NAME || lex.token() == Token.GOTO) {
      name();
      kind = Kind.VARIABLE;
    } else {
      throw lex.errorHere("unexpected symbol");
    }
    while (true) {
      if (lex.is('.')) {
        lex.next();
        name();
        kind = Kind.VARIABLE;
      } else if (lex.is('[')) {
        bracket();
        kind = Kind.VARIABLE;
      } else if (lex.is(':')) {
        lex.next();
        name();
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
    check(']');
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
      match(')', '(', line);
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
    check('{');
    while (!lex.is('}')) {
      if (lex.is('[')) {
        bracket();
        check('=');
      } else if ((lex.token() == Token.NAME || lex.token() == Token.GOTO) && lex.lookaheadIs('=')) {
        name();
        check('=');
      }
      expression();
      if (!option(',') && !option(';')) {
        break;
      }
    }
    match('}', '{', line);
  }

  private void body(boolean method, int line) {
    int parameters = method ? 1 : 0;
    boolean vararg = false;
    check('(');
    if (!lex.is(')')) {
      do {
        if (lex.token() == Token.NAME || lex.token() == Token.GOTO) {
          name();
          parameters++;
        } else if (lex.token() == Token.DOTS) {
          lex.next();
          vararg = true;
          break;
        } else {
          throw lex.errorHere("<name> or '...' expected");
        }
      } while (option(','));
    }
    check(')');
    Function inner = new Function(function, line, vararg);
    function = inner;
    declare(parameters);
    chunk();
    if (lex.token() != Token.END) {
      throw unmatched(Token.END.text(), Token.FUNCTION.text(), line);
    }
    lex.next();
    function = inner.outer == null ? inner : inner.outer;
  }

  // ---- tokens

  private void name() {
    if (lex.token() == Token.GOTO) {
      lex.renameCurrent();
    } else if (lex.token() != Token.NAME) {
      throw expected(Token.NAME.text());
    }
    lex.next();
  }

  private boolean option(char c) {
    if (lex.is(c)) {
      lex.next();
      return true;
    }
    return false;
  }

  private void check(char c) {
    if (!option(c)) {
      throw expected(String.valueOf(c));
    }
  }

  private void check(Token token) {
    if (lex.token() != token) {
      throw expected(token.text());
    }
    lex.next();
  }

  private void match(Token what, Token who, int line) {
    if (lex.token() != what) {
      throw unmatched(what.text(), who.text(), line);
    }
    lex.next();
  }

  private void match(char what, char who, int line) {
    if (!option(what)) {
      throw unmatched(String.valueOf(what), String.valueOf(who), line);
    }
  }

  private LuaError unmatched(String what, String who, int line) {
    return line == lex.line()
        ? expected(what)
        : lex.errorHere("'" + what + "' expected (to close '" + who + "' at line " + line + ")");
  }

  private LuaError expected(String what) {
    return lex.errorHere("'" + what + "' expected");
  }

  private void enter() {
    if (++levels >= MAX_LEVELS) {
      throw lex.errorBare("chunk has too many syntax levels");
    }
  }

  private void leave() {
    levels--;
  }
}
