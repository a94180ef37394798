package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaVm;
import org.luaj.vm2.LuaValue;

/** A value of {@code ngx.ctx} that a port has set and that Lua has not seen yet. */
@FunctionalInterface
public interface Unseen {
  /** The value as Lua's, made when Lua first asks for {@code ngx.ctx}; the machine runs then. */
  LuaValue toLua(LuaVm vm);
}
