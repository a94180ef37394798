package dev.banyan.server.check;

import dev.banyan.lua.LuaUse;
import dev.banyan.lua.ffi.FfiLibrary;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Immutable: which functions of C a piece of Lua needs that are not there. */
final class ForeignFunctions {
  private static final String LIBRARY = "ffi:load";
  private static final String SYMBOL = "ffi:C.";

  private final String text;
  private final Set<String> known = FfiLibrary.functionsOfC();

  private ForeignFunctions(String text) {
    this.text = text;
  }

  static ForeignFunctions of(LuaChunk chunk) {
    return new ForeignFunctions(new String(chunk.source(), StandardCharsets.ISO_8859_1));
  }

  /** What a use needs and doesn't get, such as {@code C's "getaddrinfo"}; empty for nothing. */
  String missing(LuaUse use) {
    if (use.module()) {
      return "";
    }
    if (use.name().equals(LIBRARY)) {
      return "a library of C (ffi.load)";
    }
    if (!use.name().startsWith(SYMBOL)) {
      return "";
    }
    String name = use.name().substring(SYMBOL.length());
    int end = name.indexOf('.');
    String symbol = end < 0 ? name : name.substring(0, end);
    return known.contains(symbol) || !isFunction(symbol) ? "" : "C's \"" + symbol + "\"";
  }

  /** Whether it is declared as a function: constants of C are there. */
  private boolean isFunction(String symbol) {
    return Pattern.compile("(?<![.\\w])" + Pattern.quote(symbol) + "\\s*\\(").matcher(text).find();
  }
}
