package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.ONE;

import dev.banyan.fiber.Fiber;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.Varargs;

/** {@code ngx.on_abort}: a light thread that starts when the client closes early. */
final class AbortApi {
  private AbortApi() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.on_abort", AbortApi::onAbort);
  }

  private static Varargs onAbort(Execution x, Varargs args) {
    RequestHost request = x.request();
    if (x.state().abortHandled) {
      return Execution.failure("duplicate call");
    }
    if (!request.settings().checkClientAbort()) {
      return Execution.failure("lua_check_client_abort is off");
    }
    LuaFunction body = ThreadApi.luaFunction(args, 1);
    x.state().abortHandled = true;
    Object owner = Fiber.current().local();
    request.onClientGone(() -> start(x, body, owner));
    return ONE;
  }

  private static void start(Execution x, LuaFunction body, @Nullable Object owner) {
    if (!x.closed()) {
      LightThread thread = x.thread(x.entry.coroutine);
      ThreadApi.run(x, thread, body, NONE, owner);
    }
  }
}
