package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** How OpenResty's libraries make strings of what they are given. */
public final class Coerce {
  private Coerce() {}

  /** {@code tostring(value)}, as a string in any case. */
  public static LuaString string(LuaVm vm, LuaValue value) {
    return value instanceof LuaString s ? s : LuaText.string(Semantics.tostring(vm, value));
  }

  /** As LuaJIT hands a value to a function of C for an {@code int}. */
  static int toInt(LuaValue value, int argument, String function) {
    return toInt(value, argument, function, "int");
  }

  /** The same for another type of integers. */
  static int toInt(LuaValue value, int argument, String function, String type) {
    if (value.isboolean()) {
      return value.toboolean() ? 1 : 0;
    }
    if (value instanceof LuaNumber) {
      return LuaArgs.checkInt(value, argument);
    }
    Int64 integer = value instanceof CData data ? data.int64() : null;
    if (integer == null) {
      throw LuaErrors.raise(
          "bad argument #%d to '%s' (cannot convert '%s' to '%s')"
              .formatted(argument, function, typeInC(value), type));
    }
    return (int) integer.bits();
  }

  static String typeInC(LuaValue value) {
    if (value instanceof CData data) {
      return data.cTypeName();
    }
    return value.type() == LuaValue.TUSERDATA ? "void *" : value.typename();
  }

  /** The empty string for nil and false, {@code tostring(value)} for the rest. */
  public static LuaString stringOrEmpty(LuaVm vm, LuaValue value) {
    return value.toboolean() ? string(vm, value) : LuaValue.EMPTYSTRING;
  }
}
