package dev.banyan.lua;

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

  static Token ofWord(String word) {
    for (Token token : values()) {
      if (token.ordinal() <= WHILE.ordinal() && token.text.equals(word)) {
        return token;
      }
    }
    return NAME;
  }
}
