package dev.banyan.lua;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of tokens of Lua's grammar, named as LuaJIT's messages name them. */
enum Token {
  AND("and"),
  BREAK("break"),
  DO("do"),
  ELSE("else"),
  ELSEIF("elseif"),
  END("end"),
  FALSE("false"),
  FOR("for"),
  FUNCTION("function"),
  GOTO("goto"),
  IF("if"),
  IN("in"),
  LOCAL("local"),
  NIL("nil"),
  NOT("not"),
  OR("or"),
  REPEAT("repeat"),
  RETURN("return"),
  THEN("then"),
  TRUE("true"),
  UNTIL("until"),
  WHILE("while"),
  CONCAT(".."),
  DOTS("..."),
  EQ("=="),
  GE(">="),
  LE("<="),
  NE("~="),
  LABEL("::"),
  NUMBER("<number>"),
  NAME("<name>"),
  STRING("<string>"),
  EOF("<eof>"),
  CHAR("");

  private final String text;

  Token(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  private static final Set<Token> NO_WORDS =
      EnumSet.of(CONCAT, DOTS, EQ, GE, LE, NE, LABEL, NUMBER, NAME, STRING, EOF, CHAR);

  /** The keyword that a word is, or {@link #NAME}. */
  static Token ofWord(String word) {
    return WORDS.getOrDefault(word, NAME);
  }

  private static final Map<String, Token> WORDS =
      EnumSet.complementOf(EnumSet.copyOf(NO_WORDS)).stream()
          .collect(Collectors.toUnmodifiableMap(Token::text, token -> token));
}
