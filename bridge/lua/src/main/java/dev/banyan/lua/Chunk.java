package dev.banyan.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;

/** A compiled chunk, immutable, that every worker's machine can turn into a function. */
public final class Chunk {
  private static final Upvalue[] NONE = {};
  final Code main;

  Chunk(Code main) {
    this.main = main;
  }

  /** The chunk's function in a machine, with {@code environment} as its globals. */
  public LuaFunction instantiate(LuaVm vm, LuaTable environment) {
    return new BridgeClosure(vm, main, NONE, environment);
  }

  /** The name that was given to the compiler. */
  public String name() {
    return main.source;
  }
}
