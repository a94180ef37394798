package dev.banyan.lua;

import org.luaj.vm2.Varargs;

/** What a native function does: Lua arguments in, Lua results out. */
@FunctionalInterface
public interface NativeBody {
  /** Runs the function; it may park the fiber, and raises Lua errors by {@link LuaErrors}. */
  Varargs call(Varargs args);
}
