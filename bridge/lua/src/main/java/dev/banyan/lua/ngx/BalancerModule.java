package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.balancer"}: choosing the peer of an upstream. */
final class BalancerModule {
  private static final double NANOS = 1e9;

  /** What a port is cut to, as nginx does by keeping two octets of it. */
  private static final int LARGEST_PORT = 0xffff;

  private static final double DEFAULT_IDLE = 60;
  private static final double DEFAULT_REQUESTS = 100;
  private static final CoreParameter LOCAL =
      CoreParameter.octets("addr", "ngx_lua_ffi_balancer_bind_to_local_addr", 2);
  private static final CoreParameter HOST =
      CoreParameter.octets("addr", "ngx_lua_ffi_balancer_set_current_peer", 2);
  private static final CoreParameter PORT =
      CoreParameter.integer("port", "ngx_lua_ffi_balancer_set_current_peer", 4);
  private static final CoreParameter TRIES =
      CoreParameter.integer("count", "ngx_lua_ffi_balancer_set_more_tries", 2);

  private BalancerModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "set_current_peer", BalancerModule::setPeer);
    add(bindings, module, "bind_to_local_addr", BalancerModule::bind);
    add(bindings, module, "enable_keepalive", BalancerModule::keepAlive);
    add(bindings, module, "set_upstream_tls", BalancerModule::secure);
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
    LuaValue given = args.arg(2);
    LuaNumber number = given.toboolean() ? LuaNumbers.parse(given) : LuaInteger.valueOf(0);
    String host = LuaText.latin1(HOST.string(args.arg1()));
    int port = PORT.number(number == null ? NIL : number); // what spells no number becomes nil
    try {
      RequestContext.choosePeer(x, host, port & LARGEST_PORT);
      balancer(x).peerName(name(args.arg(3)));
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static @Nullable String name(LuaValue value) {
    return value instanceof LuaString text && text.rawlen() > 0 ? LuaText.latin1(text) : null;
  }

  private static Varargs moreTries(Execution x, Varargs args) {
    int wanted = TRIES.number(args.arg1());
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

  private static Varargs bind(Execution x, Varargs args) {
    String address = LuaText.latin1(LOCAL.string(args.arg1()));
    try {
      balancer(x).bind(address);
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs secure(Execution x, Varargs args) {
    boolean on = args.arg1().toboolean();
    try {
      balancer(x).secure(on);
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs keepAlive(Execution x, Varargs args) {
    double idle = count(args.arg1(), "idle_timeout", DEFAULT_IDLE);
    double requests = count(args.arg(2), "max_requests", DEFAULT_REQUESTS);
    try {
      balancer(x)
          .keepAlive(
              idle == 0 ? null : Duration.ofNanos((long) (idle * NANOS)),
              requests == 0 ? Integer.MAX_VALUE : (int) requests);
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static double count(LuaValue value, String name, double otherwise) {
    if (value.isnil()) {
      return otherwise;
    }
    if (!(value instanceof LuaNumber number)) {
      throw LuaErrors.raise("bad argument '" + name + "' (must be a number)");
    }
    if (number.todouble() < 0) {
      throw LuaErrors.raise("bad argument '" + name + "' (must be >= 0)");
    }
    return number.todouble();
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
