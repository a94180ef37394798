package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;

/** The metamethods that instructions call, as LuaJIT's stacks name them. */
final class MetaEvents {
  private MetaEvents() {}

  /** Such as {@code __index}; null for an instruction that calls none. */
  static @Nullable String of(int op) {
    return switch (op) {
      case Lua.OP_GETTABLE,
          Lua.OP_GETTABUP,
          Lua.OP_SELF,
          Code.GETFIELD,
          Code.GETGLOBAL,
          Code.GETREG,
          Code.GETUPFIELD,
          Code.SELFK ->
          "__index";
      case Lua.OP_SETTABLE, Lua.OP_SETTABUP, Code.SETFIELD, Code.SETGLOBAL -> "__newindex";
      case Lua.OP_ADD, Code.ADDK -> "__add";
      case Lua.OP_SUB, Code.SUBK -> "__sub";
      case Lua.OP_MUL, Code.MULK -> "__mul";
      case Lua.OP_DIV -> "__div";
      case Lua.OP_MOD -> "__mod";
      case Lua.OP_POW -> "__pow";
      case Lua.OP_UNM -> "__unm";
      case Lua.OP_CONCAT -> "__concat";
      case Lua.OP_EQ, Code.EQK -> "__eq";
      case Lua.OP_LT -> "__lt";
      case Lua.OP_LE -> "__le";
      default -> null;
    };
  }
}
