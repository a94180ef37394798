package dev.banyan.api;

/**
 * A point of a request's life (or of a worker's) at which handlers run, in nginx's order.
 *
 * <p>The names are those of lua-nginx-module's {@code *_by_lua} directives; {@link #luaName} is
 * what {@code ngx.get_phase()} answers.
 */
public enum Phase {
  /** Once per start or reload, before any worker serves: {@code init_by_lua}. */
  INIT("init"),
  /** Once per worker, before it serves: {@code init_worker_by_lua}. */
  INIT_WORKER("init_worker"),
  /** TLS: after the ClientHello, before the session is looked up. */
  SSL_CLIENT_HELLO("ssl_client_hello"),
  /** TLS: choosing the certificate. */
  SSL_CERTIFICATE("ssl_cert"),
  /** TLS: a cached session is looked up. */
  SSL_SESSION_FETCH("ssl_session_fetch"),
  /** TLS: a session is stored. */
  SSL_SESSION_STORE("ssl_session_store"),
  /** Computing a variable inside the rewrite module: {@code set_by_lua}. */
  SET("set"),
  /** Before the location is chosen: {@code server_rewrite_by_lua}. */
  SERVER_REWRITE("server_rewrite"),
  /** After the location is chosen and its rewrite directives ran: {@code rewrite_by_lua}. */
  REWRITE("rewrite"),
  /** After nginx's own access checks: {@code access_by_lua}. */
  ACCESS("access"),
  /** Producing the answer: {@code content_by_lua}. */
  CONTENT("content"),
  /** Choosing the peer of an upstream: {@code balancer_by_lua}. */
  BALANCER("balancer"),
  /** Before the response head is sent: {@code header_filter_by_lua}. */
  HEADER_FILTER("header_filter"),
  /** For each piece of the response body: {@code body_filter_by_lua}. */
  BODY_FILTER("body_filter"),
  /** After the response was sent: {@code log_by_lua}. */
  LOG("log"),
  /** A timer of {@code ngx.timer}, outside of any request. */
  TIMER("timer"),
  /** Once per worker, when it ends: {@code exit_worker_by_lua}. */
  EXIT_WORKER("exit_worker");

  private final String luaName;

  Phase(String luaName) {
    this.luaName = luaName;
  }

  /** What {@code ngx.get_phase()} answers in this phase. */
  public String luaName() {
    return luaName;
  }
}
