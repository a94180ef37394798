package dev.banyan.lua;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Where functions are written, and the functions that a machine has by where they are written: so
 * that a method of an object of one machine is found in another.
 */
public final class FunctionPlaces {
  /** The most values that are looked through. */
  private static final int MOST = 50_000;

  private static final int PATH_PARTS = 2;

  private FunctionPlaces() {}

  /** Such as {@code edge/tenant.lua:26}; null when it isn't written in Lua. */
  public static @Nullable String of(LuaFunction function) {
    if (!(function instanceof BridgeClosure closure)) {
      return null;
    }
    String[] path = closure.code.source.replaceFirst("^[@=]", "").split("/");
    StringBuilder place = new StringBuilder();
    for (int i = Math.max(0, path.length - PATH_PARTS); i < path.length; i++) {
      place.append(place.isEmpty() ? "" : "/").append(path[i]);
    }
    return place.append(':').append(closure.code.firstLine).toString();
  }

  /** The functions that the loaded modules hold, directly or in what they keep. */
  public static Map<String, LuaFunction> reachable(LuaVm vm) {
    Map<String, LuaFunction> found = new HashMap<>();
    Set<LuaValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<LuaValue> waiting = new ArrayDeque<>();
    waiting.add(vm.modules().loaded());
    while (!waiting.isEmpty() && seen.size() < MOST) {
      LuaValue value = waiting.removeFirst();
      if (!seen.add(value)) {
        continue;
      }
      if (value instanceof LuaTable table) {
        fields(table, waiting);
      } else if (value instanceof BridgeClosure closure) {
        String place = of(closure);
        if (place != null) {
          found.putIfAbsent(place, closure);
        }
        for (Upvalue upvalue : closure.upvalues) {
          if (upvalue != null) {
            add(upvalue.get(), waiting);
          }
        }
      }
    }
    return found;
  }

  private static void fields(LuaTable table, Deque<LuaValue> to) {
    if (table instanceof VirtualTable) {
      return;
    }
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      add(entry.arg(2), to);
      entry = table.next(entry.arg1());
    }
    LuaValue metatable = table.getmetatable();
    if (metatable != null) {
      add(metatable, to);
    }
  }

  private static void add(LuaValue value, Deque<LuaValue> to) {
    if (value instanceof LuaTable || value instanceof BridgeClosure) {
      to.add(value);
    }
  }
}
