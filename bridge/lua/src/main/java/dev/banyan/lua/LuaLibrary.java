package dev.banyan.lua;

/** A set of natives that a machine offers to Lua code. */
@FunctionalInterface
public interface LuaLibrary {
  /** Adds this library's functions to the machine's globals or preloaded modules. */
  void open(LuaVm vm);
}
