package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One level of a coroutine's call stack; reused by later calls of the same depth.
 *
 * <p>Natives that call back into Lua have one too, without registers. Other natives have none: the
 * calling frame's current instruction and its callee register tell of them.
 */
final class Frame {
  @Nullable LuaFunction function;
  LuaValue[] registers = LuaValue.NOVALS;
  Varargs extra = LuaValue.NONE;

  /** The index after the current instruction. */
  int pc;

  /** The closure, or null for a native's frame. */
  @Nullable BridgeClosure closure() {
    return function instanceof BridgeClosure closure ? closure : null;
  }

  /** The current line, or -1. */
  int line() {
    BridgeClosure closure = closure();
    return closure == null ? -1 : closure.code.line(pc - 1);
  }
}
