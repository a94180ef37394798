package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: finds the objects of a loaded module by calling its functions.
 *
 * @param alone whether there is no Lua to call; an object's stand-in is the object then
 */
record LegacyObjects(String module, LuaTable table, boolean alone) implements JavaValues.Legacies {
  @Override
  public LuaValue find(Legacy legacy) {
    if (alone) {
      return JavaValues.toLua(legacy.standIn(), this);
    }
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
