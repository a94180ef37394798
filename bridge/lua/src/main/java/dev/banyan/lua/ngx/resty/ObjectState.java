package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.Table;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.Varargs;

/** What an object of a library is in Java, in a field of the table that Lua has of it. */
final class ObjectState {
  private ObjectState() {}

  /** The table of an object. */
  static Table table(LuaString field, Object state, Table metatable) {
    Table self = new Table();
    self.rawset(field, new LuaUserdata(state));
    self.setmetatable(metatable);
    return self;
  }

  /** That of the object whose method was called; null when something else was handed over. */
  static @Nullable Object of(Varargs args, LuaString field) {
    return args.arg1() instanceof LuaTable table
            && table.rawget(field) instanceof LuaUserdata userdata
        ? userdata.userdata()
        : null;
  }

  /** The error of a method that was called without its object. */
  static LuaError missing(Varargs args) {
    return LuaErrors.raise(
        "attempt to index local 'self' (a " + args.arg1().typename() + " value)");
  }
}
