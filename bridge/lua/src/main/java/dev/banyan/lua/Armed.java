package dev.banyan.lua;

import org.luaj.vm2.LuaValue;

/** Hears of instructions that it has armed. */
abstract class Armed {
  /** An armed instruction of a function is reached; answers where the code goes on. */
  abstract int reached(LuaVm vm, Code code, int pc, LuaValue[] s);
}
