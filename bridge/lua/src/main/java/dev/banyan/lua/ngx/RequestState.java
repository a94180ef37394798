package dev.banyan.lua.ngx;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;

/** Owned by its request's loop: what the Lua side keeps for a request across its phases. */
final class RequestState {
  /** {@code ngx.ctx}. */
  @Nullable LuaTable ctx;

  /** Whether Lua has sent a piece of the body. */
  boolean bodySeen;

  /** The thread that {@code ngx.on_abort} starts, if any. */
  boolean abortHandled;

  static RequestState of(RequestHost request) {
    if (request.luaState() instanceof RequestState state) {
      return state;
    }
    RequestState state = new RequestState();
    request.luaState(state);
    return state;
  }
}
