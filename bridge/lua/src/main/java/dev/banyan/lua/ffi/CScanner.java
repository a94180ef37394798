package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.util.List;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Owned by one parser: splits declarations into words. */
final class CScanner {
  private static final List<String> SYMBOLS =
      List.of("...", "<<", ">>", "&&", "||", "==", "!=", "<=", ">=", "->");

  private final String source;
  private final List<LuaValue> parameters;
  private int at;
  private int line = 1;
  private int parameter;

  CScanner(String source, List<LuaValue> parameters) {
    this.source = source;
    this.parameters = parameters;
  }

  /** An error that tells the line, from the second one on. */
  LuaError error(String message) {
    return LuaErrors.raise(line > 1 ? message + " at line " + line : message);
  }

  int line() {
    return line;
  }

  /** Whether each parameter has had its {@code $}. */
  boolean parametersUsed() {
    return parameter == parameters.size();
  }

  CToken next() {
    skipBlanks();
    if (at >= source.length()) {
      return CToken.END;
    }
    int start = at;
    char c = source.charAt(at);
    if (Character.isDigit(c)) {
      while (isWordPart(peek())) {
        at++;
      }
      String text = source.substring(start, at);
      return CToken.integer(text, integer(text));
    }
    if (isWordPart(c)) {
      while (isWordPart(peek())) {
        at++;
      }
      return CToken.of(CToken.Kind.IDENTIFIER, source.substring(start, at));
    }
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    if (c == '$') {
      at++;
      return parameter();
    }
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        at += symbol.length();
        return CToken.of(CToken.Kind.SYMBOL, symbol);
      }
    }
    at++;
    return CToken.of(CToken.Kind.SYMBOL, String.valueOf(c));
  }

  private CToken parameter() {
    if (parameter >= parameters.size()) {
      throw error("wrong number of type parameters");
    }
    LuaValue value = parameters.get(parameter++);
    if (value instanceof TypeData type) {
      return new CToken(CToken.Kind.TYPE, "$", "", CConstant.ZERO, type.ctype());
    }
    if (value instanceof LuaString s) {
      String name = LuaText.latin1(s);
      return new CToken(CToken.Kind.PARAMETER_NAME, "$", name, CConstant.ZERO, null);
    }
    if (value instanceof LuaNumber n) {
      return CToken.integer("$", new CConstant((int) n.todouble(), false));
    }
    if (value instanceof FfiData data) {
      return new CToken(CToken.Kind.TYPE, "$", "", CConstant.ZERO, data.ctype());
    }
    throw error("wrong number of type parameters");
  }

  private CToken quoted(char quote) {
    int start = at++;
    while (peek() != quote) {
      if (peek() == 0 || peek() == '\n') {
        throw error(
            "unfinished string near '"
                + source.substring(start, Math.min(at, source.length()))
                + "'");
      }
      at += peek() == '\\' ? 2 : 1;
    }
    at++;
    String text = source.substring(start, Math.min(at, source.length()));
    if (quote == '"') {
      return CToken.of(CToken.Kind.STRING, text);
    }
    return CToken.integer(text, new CConstant(CEscapes.character(text), false));
  }

  private CConstant integer(String text) {
    int end = text.length();
    boolean unsigned = false;
    while (end > 1 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
      unsigned |= Character.toLowerCase(text.charAt(--end)) == 'u';
    }
    String digits = text.substring(0, end);
    if (text.toLowerCase(Locale.ROOT).contains("ll")) {
      throw error("malformed number near '" + text + "'");
    }
    try {
      long value = Long.decode(digits);
      boolean large = value > Integer.MAX_VALUE;
      return new CConstant((int) value, unsigned || large);
    } catch (NumberFormatException e) {
      throw error("malformed number near '" + text + "'");
    }
  }

  private void skipBlanks() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(c) || c == '\\') {
        at++;
      } else if (source.startsWith("//", at)) {
        while (at < source.length() && source.charAt(at) != '\n') {
          at++;
        }
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        String comment = source.substring(at, end < 0 ? source.length() : end + 2);
        line += (int) comment.chars().filter(n -> n == '\n').count();
        at += comment.length();
      } else {
        return;
      }
    }
  }

  private char peek() {
    return at < source.length() ? source.charAt(at) : 0;
  }

  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c >= 128;
  }
}
