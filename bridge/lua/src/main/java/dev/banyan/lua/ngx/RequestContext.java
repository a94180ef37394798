package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The running request and its {@code ngx.ctx}, for the seam. */
public final class RequestContext {
  private RequestContext() {}

  /** The request that Lua runs for now, or null outside of any. */
  public static @Nullable RequestHost current(LuaVm vm) {
    Execution execution = Execution.of(vm);
    return execution == null ? null : execution.requestOrNull();
  }

  /** The value at a key of a request's {@code ngx.ctx}; nil when there is none. */
  public static LuaValue get(RequestHost request, String key) {
    LuaTable ctx = RequestState.of(request).ctx;
    return ctx == null ? LuaValue.NIL : ctx.get(LuaText.of(key));
  }

  /** Sets a key of a request's {@code ngx.ctx}. */
  public static void set(RequestHost request, String key, LuaValue value) {
    RequestState state = RequestState.of(request);
    LuaTable ctx = state.ctx;
    if (ctx == null) {
      ctx = new Table(0, 4);
      state.ctx = ctx;
    }
    ctx.set(LuaText.of(key), value);
  }
}
