package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Table;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Copies values from one machine to another: booleans, numbers, strings and tables of those. */
final class ValueCopy {
  /** LUA_COPY_MAX_DEPTH of lua-nginx-module. */
  private static final int MAX_DEPTH = 100;

  private @Nullable String refusal;

  private ValueCopy() {}

  /** A value that can't be copied, in lua-nginx-module's words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Copies values from {@code first} on; tables get no metatables.
   *
   * @throws Refused when one of them can't be copied
   */
  static Varargs of(Varargs values, int first) throws Refused {
    ValueCopy copy = new ValueCopy();
    LuaValue[] copies = new LuaValue[Math.max(0, values.narg() - first + 1)];
    for (int i = 0; i < copies.length; i++) {
      LuaValue value = values.arg(first + i);
      LuaValue made = value.isnil() ? value : copy.value(value, 1);
      if (made == null) {
        throw new Refused(String.valueOf(copy.refusal));
      }
      copies[i] = made;
    }
    return LuaValue.varargsOf(copies);
  }

  /** The copy, or null with the refusal noted. */
  private @Nullable LuaValue value(LuaValue value, int depth) {
    return switch (value) {
      case LuaBoolean _, LuaNumber _, LuaString _, NullPointer _ -> value;
      case LuaTable table when depth < MAX_DEPTH -> table(table, depth);
      case LuaTable _ ->
          refuse("suspicious circular references, table depth exceed max depth: " + MAX_DEPTH);
      case CData _ -> refuse("unsupported Lua type");
      default -> refuse("unsupported Lua type: " + type(value));
    };
  }

  private @Nullable LuaValue table(LuaTable from, int depth) {
    Table to = new Table();
    Varargs entry = from.next(LuaValue.NIL);
    while (!entry.isnil(1)) {
      LuaValue key = value(entry.arg1(), depth + 1);
      LuaValue item = key == null ? null : value(entry.arg(2), depth + 1);
      if (key == null || item == null) {
        return null;
      }
      to.rawset(key, item);
      entry = from.next(entry.arg1());
    }
    return to;
  }

  private @Nullable LuaValue refuse(String why) {
    refusal = why;
    return null;
  }

  private static String type(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TFUNCTION -> "LUA_TFUNCTION";
      case LuaValue.TTHREAD -> "LUA_TTHREAD";
      default -> "LUA_TUSERDATA";
    };
  }
}
