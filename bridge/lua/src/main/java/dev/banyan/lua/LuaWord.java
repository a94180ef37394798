package dev.banyan.lua;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaError;

/**
 * Immutable: a token of a Lua text, for those who read it without running it.
 *
 * @param token its kind
 * @param text the name, the string without its quotes, the symbol
 * @param line from 1
 */
record LuaWord(Token token, String text, int line) {
  /** The words of a chunk, in its order; of a broken chunk those before the break. */
  static List<LuaWord> of(byte[] source) {
    List<LuaWord> words = new ArrayList<>();
    try {
      Lexer lex = new Lexer(source, "=words");
      for (lex.next(); lex.token() != Token.EOF; lex.next()) {
        words.add(word(lex));
      }
    } catch (LuaError e) {
      return words; // The compiler reports it.
    }
    return words;
  }

  boolean is(Token kind) {
    return token == kind;
  }

  /** Whether it is this one-character symbol. */
  boolean is(String symbol) {
    return token == Token.CHAR && text.equals(symbol);
  }

  private static LuaWord word(Lexer lex) {
    String text =
        switch (lex.token()) {
          case NAME -> lex.name();
          case STRING -> unquoted(lex.text());
          case CHAR -> String.valueOf(lex.symbol());
          default -> lex.token().text();
        };
    return new LuaWord(lex.token(), text, lex.line());
  }

  private static String unquoted(String text) {
    int bracket = text.startsWith("[") ? text.indexOf('[', 1) : 0;
    return text.substring(bracket + 1, text.length() - bracket - 1);
  }
}
