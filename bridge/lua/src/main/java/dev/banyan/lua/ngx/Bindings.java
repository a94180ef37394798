package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: puts implementations under the names that {@link NgxApi} lists. */
final class Bindings {
  private final LuaVm vm;
  private final Table ngx;

  Bindings(LuaVm vm, Table ngx) {
    this.vm = vm;
    this.ngx = ngx;
  }

  LuaVm vm() {
    return vm;
  }

  /** Adds a function under its full name, {@code ngx.req.get_method}. */
  void function(String name, ApiBody body) {
    value(name, new ApiFunction(vm, NgxApi.entry(name), body));
  }

  /** A method of an object, not reachable by a global name. */
  LuaValue method(String name, ApiBody body) {
    return new ApiFunction(vm, NgxApi.entry(name), body);
  }

  /** Adds any value under its full name. */
  void value(String name, LuaValue value) {
    String[] parts = name.split("\\.");
    LuaTable table = ngx;
    for (int i = 1; i < parts.length - 1; i++) {
      LuaValue next = table.rawget(LuaText.of(parts[i]));
      if (!(next instanceof LuaTable)) {
        next = new Table();
        table.rawset(LuaText.of(parts[i]), next);
      }
      table = (LuaTable) next;
    }
    table.rawset(LuaText.of(parts[parts.length - 1]), value);
  }
}
