package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The names of metamethods, and their lookup with the memory of what a metatable lacks. */
final class Tags {
  static final int INDEX = 0;
  static final int NEWINDEX = 1;
  static final int CALL = 2;
  static final int EQ = 3;
  static final int LT = 4;
  static final int LE = 5;
  static final int CONCAT = 6;
  static final int LEN = 7;
  static final int ADD = 8;
  static final int SUB = 9;
  static final int MUL = 10;
  static final int DIV = 11;
  static final int MOD = 12;
  static final int POW = 13;
  static final int UNM = 14;
  static final int TOSTRING = 15;
  static final int METATABLE = 16;

  private static final LuaString[] NAMES = {
    LuaValue.INDEX,
    LuaValue.NEWINDEX,
    LuaValue.CALL,
    LuaValue.EQ,
    LuaValue.LT,
    LuaValue.LE,
    LuaValue.CONCAT,
    LuaValue.LEN,
    LuaValue.ADD,
    LuaValue.SUB,
    LuaValue.MUL,
    LuaValue.DIV,
    LuaValue.MOD,
    LuaValue.POW,
    LuaValue.UNM,
    LuaValue.TOSTRING,
    LuaValue.METATABLE
  };

  private Tags() {}

  private static LuaValue index(Table metatable) {
    LuaValue known = metatable.cachedIndex;
    if (known == null) {
      known = metatable.getStr(LuaValue.INDEX);
      metatable.cachedIndex = known;
      if (known.isnil()) {
        metatable.absentTags |= 1 << INDEX;
      }
    }
    return known;
  }

  /** The metamethod of a metatable, nil when it has none. */
  static LuaValue of(@Nullable LuaTable metatable, int tag) {
    if (metatable == null) {
      return LuaValue.NIL;
    }
    if (metatable instanceof Table table) {
      if ((table.absentTags & (1 << tag)) != 0) {
        return LuaValue.NIL;
      }
      if (tag == INDEX) {
        return index(table);
      }
      LuaValue method = table.getStr(NAMES[tag]);
      if (method.isnil()) {
        table.absentTags |= 1 << tag;
      }
      return method;
    }
    return metatable.rawget(NAMES[tag]);
  }
}
