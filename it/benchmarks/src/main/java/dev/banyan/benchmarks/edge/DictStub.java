package dev.banyan.benchmarks.edge;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaText;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one engine: a shared dict in a hash map, without expiry. */
final class DictStub {
  private final Map<LuaValue, LuaValue> values = new HashMap<>();

  LuaTable table(Engine engine) {
    LuaTable dict = engine.newTable();
    dict.set("get", new Native(args -> values.getOrDefault(args.arg(2), NIL)));
    dict.set("set", new Native(this::set));
    dict.set("incr", new Native(this::increment));
    return dict;
  }

  private Varargs set(Varargs args) {
    values.put(own(args.arg(2)), args.arg(3));
    return TRUE;
  }

  private Varargs increment(Varargs args) {
    LuaValue key = args.arg(2);
    LuaValue before = values.getOrDefault(key, args.arg(4));
    LuaValue after = LuaValue.valueOf(before.todouble() + args.arg(3).todouble());
    values.put(own(key), after);
    return after;
  }

  private static LuaValue own(LuaValue key) {
    return LuaText.of(LuaText.latin1(key));
  }
}
