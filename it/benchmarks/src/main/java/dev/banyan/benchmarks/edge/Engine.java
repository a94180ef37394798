package dev.banyan.benchmarks.edge;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one thread: a Lua runtime that programs can be loaded into. */
public interface Engine {
  /** The runtimes that are compared. */
  enum Kind {
    /** Banyan's loop and libraries. */
    BANYAN,
    /** LuaJ 3.0.1 as it comes. */
    STOCK;

    /** A fresh runtime. */
    public Engine open() {
      return this == BANYAN ? new BanyanEngine() : new StockEngine();
    }
  }

  /** The globals. */
  LuaTable globals();

  /** An empty table of this runtime's own kind. */
  LuaTable newTable();

  /** Compiles a chunk. */
  LuaFunction load(String source, String name);

  /** Calls a function from outside of Lua. */
  Varargs call(LuaValue function, Varargs args);
}
