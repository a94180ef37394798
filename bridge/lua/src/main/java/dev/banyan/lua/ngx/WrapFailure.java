package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import org.luaj.vm2.LuaValue;

/**
 * The error of a coroutine made by {@code coroutine.wrap}: it ends everything up to the coroutine
 * or thread that was resumed without wrap.
 */
final class WrapFailure extends LuaAbort {
  private static final long serialVersionUID = 1L;
  private final transient LuaValue value;
  private final String traceback;

  WrapFailure(LuaValue value, String traceback) {
    super(value.isstring() ? LuaText.latin1(value) : "unknown reason");
    this.value = value;
    this.traceback = traceback;
  }

  LuaValue value() {
    return value;
  }

  String traceback() {
    return traceback;
  }
}
