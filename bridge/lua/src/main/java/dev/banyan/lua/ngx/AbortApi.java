package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.ONE;

import dev.banyan.fiber.Fiber;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.Varargs;

/**
 * {@code ngx.on_abort}: a light thread that starts when the client closes early; without one, what
 * runs for that client ends.
 */
final class AbortApi {
  private static final int CLIENT_CLOSED = 499;

  private AbortApi() {}

  /** Has a run end with its client, where {@code lua_check_client_abort} is on. */
  static void watch(Execution x) {
    RequestHost request = x.requestOrNull();
    if (request != null
        && ApiPhases.ANSWERING.contains(x.phase)
        && request.settings().checkClientAbort()
        && !request.subrequest()) {
      x.state().abortHandled = false; // a handler ends with the phase that has set it
      request.onClientGone(() -> {
        if (!x.closed() && !x.state().abortHandled && !x.state().clientLost) {
          x.abort(new NgxSignal(new Outcome.Exit(CLIENT_CLOSED)));
        }
      });
    }
  }

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
