package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.ngx.text.FieldEscape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
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

  /** The first value of a field of the request that Lua runs for now; null without either. */
  public static @Nullable String field(LuaVm vm, String name) {
    RequestHost request = current(vm);
    return request == null ? null : request.requestHeaders().first(name);
  }

  /** The world as the running code of a machine sees it; null outside of any handler. */
  public static @Nullable World world(LuaVm vm) {
    Execution execution = Execution.of(vm);
    return execution == null ? null : execution.world;
  }

  /** Whether the running code is its handler's own thread, rather than a light thread of it. */
  public static boolean onEntryThread(LuaVm vm) {
    Execution execution = Execution.of(vm);
    return execution != null && execution.currentThread() == execution.entry;
  }

  /**
   * Begins to note what the running code asks of the world; {@link #forget} ends that.
   *
   * @param lineLevel as a {@link Journal} has it
   */
  public static Journal journal(LuaVm vm, int lineLevel) {
    Execution execution = Execution.of(vm);
    if (execution == null) {
      throw new IllegalStateException("no handler runs");
    }
    Journal journal = new Journal(execution.machine.libraries().clock().millis(), lineLevel);
    execution.journals.add(journal);
    return journal;
  }

  /** Ends a journal. */
  public static void forget(LuaVm vm, Journal journal) {
    Execution execution = Execution.of(vm);
    if (execution != null) {
      execution.journals.remove(journal);
    }
  }

  /**
   * Replaces the fields of a request header as {@code ngx.req.set_header} does; null removes it.
   */
  public static void requestHeader(RequestHost request, String name, @Nullable String value) {
    RequestFields.set(request, name, value);
  }

  /** Sets the arguments as {@code ngx.req.set_uri_args} does. */
  public static void arguments(RequestHost request, String raw) {
    request.args(FieldEscape.ARGS.escape(raw));
  }

  /** Replaces the fields of a response header as {@code ngx.header} does; none removes it. */
  public static void responseHeader(RequestHost request, String name, List<String> values) {
    if (request.headersSent()) {
      request.log(4, "attempt to set ngx.header.HEADER after sending out response headers");
      return;
    }
    ResponseFields.set(request, name, values, true);
  }

  static void choosePeer(Execution x, String host, int port) {
    BalancerModule.balancer(x).currentPeer(host, port);
    chose(x, "peer", host + ":" + port);
  }

  static int allowMoreTries(Execution x, int wanted) {
    int allowed = BalancerModule.balancer(x).moreTries(wanted);
    chose(x, "more tries", Integer.toString(wanted));
    return allowed;
  }

  private static void chose(Execution x, String what, String value) {
    Execution.note(x.machine.vm(), value.length(), () -> new Journal.Entry.Chose(what, value));
  }

  /** Shows Lua what ports have put into a request's {@code ngx.ctx}; the machine runs. */
  public static void show(LuaVm vm, RequestHost request) {
    if (request.luaState() instanceof RequestState state && state.unseen != null) {
      state.table(vm, request);
    }
  }

  /** Whether Lua has asked for a request's {@code ngx.ctx}, which then holds Lua's own values. */
  public static boolean shown(RequestHost request) {
    return request.luaState() instanceof RequestState state && state.ctx != null;
  }

  /** What a port has put at a key of {@code ngx.ctx} and Lua has not seen; null for nothing. */
  public static @Nullable Unseen unseen(RequestHost request, String key) {
    return request.luaState() instanceof RequestState state && state.unseen != null
        ? state.unseen.get(key)
        : null;
  }

  /** Puts a value into {@code ngx.ctx} that Lua gets to see when it asks for it. */
  public static void put(RequestHost request, String key, Unseen value) {
    RequestState state = RequestState.of(request);
    Map<String, Unseen> values = state.unseen;
    if (values == null) {
      values = new HashMap<>(8);
      state.unseen = values;
    }
    values.put(key, value);
  }

  /** The value at a key of a request's {@code ngx.ctx}; nil when there is none. */
  public static LuaValue get(RequestHost request, String key) {
    return get(request, KnownTexts.name(key));
  }

  /** The same by a key that is Lua's already. */
  public static LuaValue get(RequestHost request, LuaString key) {
    LuaTable ctx = RequestState.of(request).ctx;
    return ctx == null ? LuaValue.NIL : ctx.get(key);
  }

  /** The whole of a request's {@code ngx.ctx}, or null while there is none. */
  public static @Nullable LuaTable table(RequestHost request) {
    return RequestState.of(request).ctx;
  }

  /** Sets a key of a request's {@code ngx.ctx}. */
  public static void set(RequestHost request, String key, LuaValue value) {
    RequestState state = RequestState.of(request);
    LuaTable ctx = state.ctx;
    if (ctx == null) {
      ctx = state.newContext(request);
    }
    ctx.set(KnownTexts.name(key), value);
  }
}
