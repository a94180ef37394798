package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;

/** Owned by its request's loop: what the Lua side keeps for a request across its phases. */
final class RequestState {
  private static final LuaString INDEX = LuaText.of("__index");

  /** {@code ngx.ctx} as Lua has it; null until Lua asks for it. */
  @Nullable LuaTable ctx;

  /** What ports have put into {@code ngx.ctx} while Lua has not asked for it; null for nothing. */
  @Nullable Map<String, Unseen> unseen;

  /** Cosockets that are connected. */
  final List<TcpSocket> sockets = new ArrayList<>(0);

  /** Whether Lua has sent a piece of the body. */
  boolean bodySeen;

  /** Whether the body was thrown away unread. */
  boolean bodyDiscarded;

  /** Whether {@code ngx.req.socket} has taken the body. */
  boolean bodyTaken;

  /** Whether {@code ngx.req.socket(true)} has taken the whole connection. */
  boolean connectionTaken;

  /** The body that {@code ngx.req.append_body} builds, or null. */
  @Nullable ByteText newBody;

  /** The bytes of {@link #newBody} that stay in memory. */
  int newBodyLimit;

  /** Whether {@code ngx.on_abort} has a handler already. */
  boolean abortHandled;

  /** Whether a read of the request's own socket has failed, by which Lua knows that it ends. */
  boolean clientLost;

  static RequestState of(RequestHost request) {
    if (request.luaState() instanceof RequestState state) {
      return state;
    }
    RequestState state = new RequestState();
    request.luaState(state);
    return state;
  }

  /** {@code ngx.ctx} for Lua, which sees from now on what ports have put into it. */
  LuaTable table(LuaVm vm, @Nullable RequestHost request) {
    LuaTable table = ctx;
    if (table == null) {
      table = newContext(request);
      Map<String, Unseen> values = unseen;
      unseen = null;
      if (values != null) {
        for (Map.Entry<String, Unseen> value : values.entrySet()) {
          table.rawset(LuaText.of(value.getKey()), value.getValue().toLua(vm));
        }
      }
    }
    return table;
  }

  /**
   * Makes {@code ngx.ctx}. What a handshake's handlers left in theirs is seen through it, as
   * lua-nginx-module documents for {@code ssl_certificate_by_lua}.
   */
  LuaTable newContext(@Nullable RequestHost request) {
    Table made = new Table(0, 4);
    if (request == null) { // a worker begins or ends
      ctx = made;
      return made;
    }
    if (ApiPhases.HANDSHAKE.contains(request.phase())) {
      made.rawset(INDEX, made);
    } else if (request.handshakeState() instanceof RequestState handshake) {
      made.setmetatable(handshake.ctx);
    }
    ctx = made;
    return made;
  }

  /** Closes what the request has left open. */
  void close() {
    for (TcpSocket socket : List.copyOf(sockets)) {
      socket.close();
    }
  }
}
