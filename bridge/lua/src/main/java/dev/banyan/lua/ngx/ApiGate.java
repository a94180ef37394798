package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaVm;
import org.luaj.vm2.LuaError;

/** Lets the phases of one API entry pass and answers the others with lua-nginx-module's error. */
@SuppressWarnings("EnumOrdinal") // a bit per phase, never stored
final class ApiGate {
  private final int mask;
  private final boolean named;

  /** A gate whose error names the phase for what C code checks, and not for lua-resty-core's. */
  ApiGate(ApiEntry entry) {
    this(
        mask(entry),
        entry.kind() == ApiEntry.Kind.FUNCTION || entry.kind() == ApiEntry.Kind.METHOD);
  }

  private ApiGate(int mask, boolean named) {
    this.mask = mask;
    this.named = named;
  }

  /** A gate whose error names the phase, for the C side of an entry. */
  static ApiGate naming(ApiEntry entry) {
    return new ApiGate(mask(entry), true);
  }

  private static int mask(ApiEntry entry) {
    int bits = 0;
    for (Phase phase : entry.phases()) {
      bits |= 1 << phase.ordinal();
    }
    return bits;
  }

  /** The execution that asks. */
  Execution enter(LuaVm vm) {
    Execution execution = Execution.of(vm);
    if (execution == null) {
      throw LuaErrors.raise("no request found");
    }
    if ((mask >> execution.phase.ordinal() & 1) == 0) {
      throw refusal(execution.phase);
    }
    return execution;
  }

  private LuaError refusal(Phase phase) {
    if (phase == Phase.INIT) {
      return LuaErrors.raise("no request found");
    }
    return LuaErrors.raise(
        named
            ? "API disabled in the context of " + context(phase)
            : "API disabled in the current context");
  }

  /** The name that lua-nginx-module's messages have for a phase. */
  static String context(Phase phase) {
    return switch (phase) {
      case INIT -> "init_by_lua*";
      case INIT_WORKER -> "init_worker_by_lua*";
      case SSL_CLIENT_HELLO -> "ssl_client_hello_by_lua*";
      case SSL_CERTIFICATE -> "ssl_certificate_by_lua*";
      case SSL_SESSION_FETCH -> "ssl_session_fetch_by_lua*";
      case SSL_SESSION_STORE -> "ssl_session_store_by_lua*";
      case SET -> "set_by_lua*";
      case SERVER_REWRITE -> "server_rewrite_by_lua*";
      case REWRITE -> "rewrite_by_lua*";
      case ACCESS -> "access_by_lua*";
      case CONTENT -> "content_by_lua*";
      case BALANCER -> "balancer_by_lua*";
      case HEADER_FILTER -> "header_filter_by_lua*";
      case BODY_FILTER -> "body_filter_by_lua*";
      case LOG -> "log_by_lua*";
      case TIMER -> "ngx.timer";
      case EXIT_WORKER -> "exit_worker_by_lua*";
    };
  }
}
