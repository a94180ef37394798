package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.balancer"}: choosing the peer of an upstream. */
final class BalancerModule {
  private static final double NANOS = 1e9;

  /** What a port is cut to, as nginx does by keeping two octets of it. */
  private static final int LARGEST_PORT = 0xffff;

  private BalancerModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "set_current_peer", BalancerModule::setPeer);
    add(bindings, module, "set_more_tries", BalancerModule::moreTries);
    add(bindings, module, "get_last_failure", BalancerModule::lastFailure);
    add(bindings, module, "set_timeouts", BalancerModule::timeouts);
    add(bindings, module, "recreate_request", BalancerModule::recreate);
    bindings.vm().preload("ngx.balancer", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.balancer:" + name, body));
  }

  static RequestHost.BalancerHost balancer(Execution x) {
    RequestHost.BalancerHost balancer = x.request().balancer();
    if (x.phase != Phase.BALANCER) {
      throw new NgxFailure("API disabled in the current context");
    }
    return balancer;
  }

  private static Varargs setPeer(Execution x, Varargs args) {
    String host = LuaArgs.checkText(args, 1);
    LuaNumber port = LuaNumbers.parse(args.arg(2));
    try {
      int number = port == null ? 0 : (int) port.todouble();
      RequestContext.choosePeer(x, host, number & LARGEST_PORT);
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs moreTries(Execution x, Varargs args) {
    int wanted = LuaArgs.checkInt(args, 1);
    try {
      int allowed = RequestContext.allowMoreTries(x, wanted);
      return allowed < wanted ? varargsOf(TRUE, LuaText.of("reduced tries due to limit")) : TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs lastFailure(Execution x, Varargs args) {
    try {
      RequestHost.BalancerHost balancer = balancer(x);
      String state = balancer.lastFailure();
      return state == null
          ? NIL
          : varargsOf(LuaText.of(state), LuaInteger.valueOf(balancer.lastFailureStatus()));
    } catch (NgxFailure e) {
      return varargsOf(NIL, NIL, LuaText.of(String.valueOf(e.getMessage())));
    }
  }

  private static Varargs timeouts(Execution x, Varargs args) {
    Duration connect = duration(args, 1, "connect");
    Duration send = duration(args, 2, "send");
    Duration read = duration(args, 3, "read");
    try {
      balancer(x).timeouts(connect, send, read);
      return TRUE;
    } catch (NgxFailure e) {
      return varargsOf(FALSE, LuaText.of(String.valueOf(e.getMessage())));
    }
  }

  private static @Nullable Duration duration(Varargs args, int index, String name) {
    if (!args.arg(index).toboolean()) {
      return null;
    }
    double seconds = args.arg(index) instanceof LuaNumber number ? number.todouble() : 0;
    if (seconds <= 0) {
      throw LuaErrors.raise("bad " + name + " timeout");
    }
    return Duration.ofNanos((long) (seconds * NANOS));
  }

  private static Varargs recreate(Execution x, Varargs args) {
    try {
      balancer(x).recreateRequest();
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }
}
