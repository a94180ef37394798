package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by its machine's thread: finds the objects of a loaded module by calling its functions. */
record LegacyObjects(String module, LuaTable table) implements JavaValues.Legacies {
  @Override
  public LuaValue find(Legacy legacy) {
    LuaValue found = table.rawget(legacy.function());
    if (!(found instanceof LuaFunction function)) {
      throw new IllegalStateException(module + " has no function " + legacy.function());
    }
    return function.invoke(arguments(legacy)).arg1();
  }

  private Varargs arguments(Legacy legacy) {
    List<@Nullable Object> given = legacy.arguments();
    LuaValue[] arguments = new LuaValue[given.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = JavaValues.toLua(given.get(i), this);
    }
    return LuaValue.varargsOf(arguments);
  }
}
