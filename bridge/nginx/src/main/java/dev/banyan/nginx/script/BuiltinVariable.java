package dev.banyan.nginx.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every variable that nginx's modules define; the gateway gives their values. */
public enum BuiltinVariable {
  ANCIENT_BROWSER,
  ARGS,
  BINARY_REMOTE_ADDR,
  BODY_BYTES_SENT,
  BYTES_SENT,
  CONNECTION,
  CONNECTION_REQUESTS,
  CONNECTION_TIME,
  CONNECTIONS_ACTIVE,
  CONNECTIONS_READING,
  CONNECTIONS_WAITING,
  CONNECTIONS_WRITING,
  CONTENT_LENGTH,
  CONTENT_TYPE,
  DATE_GMT,
  DATE_LOCAL,
  DOCUMENT_ROOT,
  DOCUMENT_URI,
  ECHO_CACHEABLE_REQUEST_URI,
  ECHO_CLIENT_REQUEST_HEADERS,
  ECHO_CLIENT_REQUEST_METHOD,
  ECHO_INCR,
  ECHO_IT,
  ECHO_REQUEST_BODY,
  ECHO_REQUEST_METHOD,
  ECHO_REQUEST_URI,
  ECHO_RESPONSE_STATUS,
  ECHO_TIMER_ELAPSED,
  FASTCGI_PATH_INFO,
  FASTCGI_SCRIPT_NAME,
  GZIP_RATIO,
  HOST,
  HOSTNAME,
  HTTP2,
  HTTPS,
  INVALID_REFERER,
  IS_ARGS,
  LIMIT_CONN_STATUS,
  LIMIT_RATE,
  LIMIT_REQ_STATUS,
  LOCATION,
  MEMC_FLAGS_AS_HTTP_TIME,
  MODERN_BROWSER,
  MSEC,
  MSIE,
  NGINX_VERSION,
  PID,
  PIPE,
  PROXY_ADD_X_FORWARDED_FOR,
  PROXY_HOST,
  PROXY_PORT,
  PROXY_PROTOCOL_ADDR,
  PROXY_PROTOCOL_PORT,
  PROXY_PROTOCOL_SERVER_ADDR,
  PROXY_PROTOCOL_SERVER_PORT,
  QUERY_STRING,
  REALIP_REMOTE_ADDR,
  REALIP_REMOTE_PORT,
  REALPATH_ROOT,
  REMOTE_ADDR,
  REMOTE_PASSWD,
  REMOTE_PORT,
  REMOTE_USER,
  REQUEST,
  REQUEST_BODY,
  REQUEST_BODY_FILE,
  REQUEST_COMPLETION,
  REQUEST_FILENAME,
  REQUEST_ID,
  REQUEST_LENGTH,
  REQUEST_METHOD,
  REQUEST_TIME,
  REQUEST_URI,
  SCHEME,
  SECURE_LINK,
  SECURE_LINK_EXPIRES,
  SERVER_ADDR,
  SERVER_NAME,
  SERVER_PORT,
  SERVER_PROTOCOL,
  SLICE_RANGE,
  SRCACHE_EXPIRE,
  SRCACHE_FETCH_STATUS,
  SRCACHE_STORE_STATUS,
  SSL_ALPN_PROTOCOL,
  SSL_CIPHER,
  SSL_CIPHERS,
  SSL_CLIENT_CERT,
  SSL_CLIENT_ESCAPED_CERT,
  SSL_CLIENT_FINGERPRINT,
  SSL_CLIENT_I_DN,
  SSL_CLIENT_I_DN_LEGACY,
  SSL_CLIENT_RAW_CERT,
  SSL_CLIENT_S_DN,
  SSL_CLIENT_S_DN_LEGACY,
  SSL_CLIENT_SERIAL,
  SSL_CLIENT_V_END,
  SSL_CLIENT_V_REMAIN,
  SSL_CLIENT_V_START,
  SSL_CLIENT_VERIFY,
  SSL_CURVE,
  SSL_CURVES,
  SSL_EARLY_DATA,
  SSL_PROTOCOL,
  SSL_SERVER_NAME,
  SSL_SESSION_ID,
  SSL_SESSION_REUSED,
  STATUS,
  TCPINFO_RTT,
  TCPINFO_RTTVAR,
  TCPINFO_SND_CWND,
  TCPINFO_RCV_SPACE,
  TIME_ISO8601,
  TIME_LOCAL,
  UID_GOT,
  UID_SET,
  UPSTREAM_ADDR,
  UPSTREAM_BYTES_RECEIVED,
  UPSTREAM_BYTES_SENT,
  UPSTREAM_CACHE_STATUS,
  UPSTREAM_CONNECT_TIME,
  UPSTREAM_HEADER_TIME,
  UPSTREAM_RESPONSE_LENGTH,
  UPSTREAM_RESPONSE_TIME,
  UPSTREAM_STATUS,
  URI;

  private static final Map<String, BuiltinVariable> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(BuiltinVariable::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name as written in a configuration. */
  public String text() {
    return text;
  }

  /** Whether {@code set} may change it. */
  public boolean changeable() {
    return this == ARGS || this == LIMIT_RATE;
  }

  /** Whether {@code set} may give a request another value in its place. */
  boolean overridable() {
    return ofBrowser() || ofCoolkit() || text.startsWith("echo_") || text.startsWith("srcache_");
  }

  /** Whether it is of a module that not every nginx has, where another one may have its name. */
  private boolean ofCoolkit() {
    return this == LOCATION || this == REMOTE_PASSWD;
  }

  /** Whether it tells what browser a client has, which is found once for a request. */
  boolean ofBrowser() {
    return this == MODERN_BROWSER || this == ANCIENT_BROWSER || this == MSIE;
  }

  static @Nullable BuiltinVariable find(String text) {
    return BY_TEXT.get(text);
  }
}
