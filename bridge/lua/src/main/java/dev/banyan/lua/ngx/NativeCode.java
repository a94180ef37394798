package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaVm;
import org.luaj.vm2.Varargs;

/** What stands for a handler's Lua code. */
@FunctionalInterface
public interface NativeCode {
  /** Runs inside of the machine, as a function that the handler calls would. */
  Varargs run(LuaVm vm);
}
