package dev.banyan.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A compiled chunk, immutable, that every worker's machine can turn into a function. */
public final class Chunk {
  private static final Upvalue[] NONE = {};
  final Code main;

  Chunk(Code main) {
    this.main = main;
  }

  /** The chunk's function in a machine, with {@code environment} as its globals. */
  public LuaFunction instantiate(LuaVm vm, LuaTable environment) {
    return new BridgeClosure(vm, main, main.parent == null ? NONE : blank(), environment);
  }

  /** The variables of a function that was taken out of those around it. */
  private Upvalue[] blank() {
    Upvalue[] variables = new Upvalue[main.upvalueNames.length];
    for (int i = 0; i < variables.length; i++) {
      variables[i] = new Upvalue(new LuaValue[] {LuaValue.NIL}, 0);
    }
    return variables;
  }

  /** The name that was given to the compiler. */
  public String name() {
    return main.source;
  }
}
