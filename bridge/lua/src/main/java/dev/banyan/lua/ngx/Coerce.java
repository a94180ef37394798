package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** How OpenResty's libraries make strings of what they are given. */
public final class Coerce {
  private Coerce() {}

  /** {@code tostring(value)}, as a string in any case. */
  public static LuaString string(LuaVm vm, LuaValue value) {
    return value instanceof LuaString s ? s : LuaText.string(Semantics.tostring(vm, value));
  }

  /** The empty string for nil and false, {@code tostring(value)} for the rest. */
  public static LuaString stringOrEmpty(LuaVm vm, LuaValue value) {
    return value.toboolean() ? string(vm, value) : LuaValue.EMPTYSTRING;
  }
}
