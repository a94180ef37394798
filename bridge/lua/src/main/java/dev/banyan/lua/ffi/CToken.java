package dev.banyan.lua.ffi;

import org.jspecify.annotations.Nullable;

/**
 * One word of a declaration.
 *
 * @param text as it is written, a {@code $} for a parameter
 * @param name what an identifier is called, which a parameter may tell
 * @param type what a parameter that is a type stands for
 */
record CToken(Kind kind, String text, String name, CConstant value, @Nullable CType type) {
  /** What words there are. */
  enum Kind {
    IDENTIFIER,
    PARAMETER_NAME,
    INTEGER,
    STRING,
    TYPE,
    SYMBOL,
    END
  }

  static final CToken END = new CToken(Kind.END, "<eof>", "", CConstant.ZERO, null);

  static CToken of(Kind kind, String text) {
    return new CToken(kind, text, text, CConstant.ZERO, null);
  }

  static CToken integer(String text, CConstant value) {
    return new CToken(Kind.INTEGER, text, "", value, null);
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.IDENTIFIER && text.equals(word);
  }

  /** Whether something may be called as this says. */
  boolean isName() {
    return kind == Kind.PARAMETER_NAME
        || (kind == Kind.IDENTIFIER && !CSpecifierReader.isReserved(text));
  }
}
