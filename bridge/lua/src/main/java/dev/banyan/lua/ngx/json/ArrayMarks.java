package dev.banyan.lua.ngx.json;

import dev.banyan.lua.Table;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/** Owned by one worker: the values by which Lua code tells lists from objects. */
@SuppressWarnings("ReferenceEquality") // marks are told by identity
final class ArrayMarks {
  final Table arrayMetatable = new Table();
  final Table emptyArrayMetatable = new Table();
  final LuaValue emptyArray = new LuaUserdata(new Object());

  boolean isArray(LuaTable metatable) {
    return metatable == arrayMetatable;
  }

  boolean isEmptyArrayMetatable(LuaTable metatable) {
    return metatable == emptyArrayMetatable;
  }

  boolean isEmptyArray(LuaValue value) {
    return value == emptyArray;
  }
}
