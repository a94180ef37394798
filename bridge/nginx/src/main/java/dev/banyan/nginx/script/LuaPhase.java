package dev.banyan.nginx.script;

/** Where a configuration can hook Lua in. */
public enum LuaPhase {
  INIT("init_by_lua"),
  INIT_WORKER("init_worker_by_lua"),
  EXIT_WORKER("exit_worker_by_lua"),
  SET("set_by_lua"),
  SERVER_REWRITE("server_rewrite_by_lua"),
  REWRITE("rewrite_by_lua"),
  ACCESS("access_by_lua"),
  CONTENT("content_by_lua"),
  HEADER_FILTER("header_filter_by_lua"),
  BODY_FILTER("body_filter_by_lua"),
  LOG("log_by_lua"),
  BALANCER("balancer_by_lua"),
  SSL_CLIENT_HELLO("ssl_client_hello_by_lua"),
  SSL_CERTIFICATE("ssl_certificate_by_lua"),
  SSL_SESSION_FETCH("ssl_session_fetch_by_lua"),
  SSL_SESSION_STORE("ssl_session_store_by_lua");

  private final String directive;

  LuaPhase(String directive) {
    this.directive = directive;
  }

  /** The directive's name without {@code _block} and {@code _file}. */
  public String directive() {
    return directive;
  }
}
