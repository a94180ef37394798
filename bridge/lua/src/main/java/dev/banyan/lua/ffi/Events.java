package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaText;
import org.luaj.vm2.LuaString;

/** The names of metamethods. */
final class Events {
  static final LuaString INDEX = LuaText.of("__index");
  static final LuaString NEWINDEX = LuaText.of("__newindex");
  static final LuaString CALL = LuaText.of("__call");
  static final LuaString NEW = LuaText.of("__new");
  static final LuaString EQ = LuaText.of("__eq");
  static final LuaString LT = LuaText.of("__lt");
  static final LuaString LE = LuaText.of("__le");
  static final LuaString LEN = LuaText.of("__len");
  static final LuaString CONCAT = LuaText.of("__concat");
  static final LuaString TOSTRING = LuaText.of("__tostring");
  static final LuaString PAIRS = LuaText.of("__pairs");
  static final LuaString IPAIRS = LuaText.of("__ipairs");
  static final LuaString ADD = LuaText.of("__add");
  static final LuaString SUB = LuaText.of("__sub");
  static final LuaString MUL = LuaText.of("__mul");
  static final LuaString DIV = LuaText.of("__div");
  static final LuaString MOD = LuaText.of("__mod");
  static final LuaString POW = LuaText.of("__pow");
  static final LuaString UNM = LuaText.of("__unm");
  static final LuaString METATABLE = LuaText.of("__metatable");

  private Events() {}
}
