package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.syntax.Directive;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads a level's Lua settings and handlers. */
final class LuaReader {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final Scope scope;

  LuaReader(Scope scope) {
    this.scope = scope;
  }

  LuaLocationSettings settings() {
    return new LuaLocationSettings(
        scope.flag("lua_code_cache", true),
        scope.flag("lua_need_request_body", false),
        scope.flag("lua_http10_buffering", true),
        scope.flag("lua_use_default_type", true),
        scope.flag("lua_check_client_abort", false),
        scope.flag("lua_transform_underscores_in_response_headers", true),
        scope.flag("lua_socket_log_errors", true),
        scope.time("lua_socket_connect_timeout", MINUTE),
        scope.time("lua_socket_read_timeout", MINUTE),
        scope.time("lua_socket_send_timeout", MINUTE),
        scope.time("lua_socket_keepalive_timeout", MINUTE),
        scope.size("lua_socket_buffer_size", 4 << 10),
        scope.number("lua_socket_pool_size", 30),
        scope.size("lua_socket_send_lowat", 0),
        ProxyTlsReader.protocols(scope, "lua_ssl_protocols", ProxyTlsReader.DEFAULT_PROTOCOLS),
        scope.text("lua_ssl_ciphers", "DEFAULT"),
        scope.number("lua_ssl_verify_depth", 1),
        ProxyTlsReader.confFile(scope, "lua_ssl_trusted_certificate"),
        ProxyTlsReader.confFile(scope, "lua_ssl_crl"),
        ProxyTlsReader.confFile(scope, "lua_ssl_certificate"),
        ProxyTlsReader.confFile(scope, "lua_ssl_certificate_key"));
  }

  LuaHandlers handlers() {
    return new LuaHandlers(
        handler(LuaPhase.REWRITE),
        handler(LuaPhase.ACCESS),
        handler(LuaPhase.HEADER_FILTER),
        handler(LuaPhase.BODY_FILTER),
        handler(LuaPhase.LOG));
  }

  /** The handler of a phase that holds here, inherited or own; null for none. */
  @Nullable LuaHandler handler(LuaPhase phase) {
    String name = phase.directive();
    List<Directive> found = scope.nearest(name, name + "_block", name + "_file");
    return found.isEmpty() ? null : scope.compiler().lua(phase, found.getLast(), 0);
  }
}
