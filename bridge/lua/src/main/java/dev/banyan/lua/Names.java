package dev.banyan.lua;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Names that LuaJ's compiler would misread, dressed up for it and undressed afterwards. */
final class Names {
  private static final String MARK = "__banyan_name_";

  /** A string that stands for minus zero, which LuaJ's compiler can't express. */
  static final String NEGATIVE_ZERO_MARK = "__banyan_minus_zero";

  /** What stands before the text of a 64-bit integer, likewise. */
  private static final String INTEGER_MARK = "__banyan_int64_";

  private Names() {}

  /**
   * A string constant that stands for a numeral such as {@code 1LL}: each is a value of its own.
   */
  static String integerMark(String numeral, int place) {
    return INTEGER_MARK + place + "_" + numeral;
  }

  /** Whether a name is special to Lua 5.2 or has letters that its compiler rejects. */
  static boolean needsDisguise(String name) {
    return name.equals("_ENV") || name.chars().anyMatch(c -> c >= 128);
  }

  static String disguise(String name) {
    StringBuilder out = new StringBuilder(MARK);
    for (int i = 0; i < name.length(); i++) {
      out.append(String.format("%02x", (int) name.charAt(i)));
    }
    return out.toString();
  }

  static String undress(String name) {
    if (!name.startsWith(MARK)) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    for (int i = MARK.length(); i + 1 < name.length(); i += 2) {
      out.append((char) Integer.parseInt(name.substring(i, i + 2), 16));
    }
    return out.toString();
  }

  /** A constant as the source meant it. */
  static LuaValue undress(LuaValue constant) {
    if (constant instanceof LuaString s && s.m_length > MARK.length()) {
      String name = LuaText.latin1(s);
      if (name.equals(NEGATIVE_ZERO_MARK)) {
        return LuaNumbers.NEGATIVE_ZERO;
      }
      if (name.startsWith(INTEGER_MARK)) {
        Int64 integer = Int64.parse(name.substring(name.lastIndexOf('_') + 1));
        return integer == null ? s : integer;
      }
      return name.startsWith(MARK) ? LuaText.of(undress(name)) : s;
    }
    return constant;
  }
}
