package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: {@code tablepool}, tables to use again by tag. */
final class TablePoolModule {
  /** How many tables wait under one tag. */
  private static final int MOST_TABLES = 200;

  /** How many tags have tables waiting; beyond it nothing is kept. */
  private static final int MOST_TAGS = 1000;

  private final Map<LuaValue, ArrayDeque<Table>> pools = new HashMap<>();

  Table table() {
    Table module = new Table();
    module.rawset("fetch", NativeFunction.of("fetch", this::fetch));
    module.rawset("release", NativeFunction.of("release", this::release));
    return module;
  }

  private Varargs fetch(Varargs args) {
    ArrayDeque<Table> pool = pools.get(LuaArgs.checkAny(args, 1));
    Table waiting = pool == null ? null : pool.pollLast();
    return waiting != null
        ? waiting
        : new Table(LuaArgs.optInt(args, 2, 0), LuaArgs.optInt(args, 3, 0));
  }

  private Varargs release(Varargs args) {
    if (!args.arg(2).toboolean()) {
      throw LuaErrors.raise("object empty");
    }
    if (LuaArgs.checkTable(args, 2) instanceof Table table) {
      if (!args.arg(3).toboolean()) {
        table.setmetatable(null);
        table.clear();
      }
      keep(args.arg(1), table);
    }
    return LuaValue.NONE;
  }

  private void keep(LuaValue tag, Table table) {
    ArrayDeque<Table> pool = pools.get(tag);
    if (pool == null) {
      if (pools.size() == MOST_TAGS) {
        return;
      }
      pool = new ArrayDeque<>();
      pools.put(tag, pool);
    }
    if (pool.size() < MOST_TABLES) {
      pool.addLast(table);
    }
  }
}
