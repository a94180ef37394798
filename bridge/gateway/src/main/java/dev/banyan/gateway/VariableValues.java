package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.IpAddress;
import dev.banyan.nginx.Referers;
import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Computation;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.syntax.Units;
import dev.banyan.transport.HttpExchange;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The values of nginx's variables for a request. */
final class VariableValues {
  private VariableValues() {}

  static @Nullable String get(Request r, Variable variable) {
    return switch (variable) {
      case Variable.Slot slot -> slot(r, slot);
      case Variable.Computed computed -> computed(r, computed);
      case Variable.Standard standard -> standard(r, standard.which());
      case Variable.Prefixed prefixed -> prefixed(r, prefixed);
    };
  }

  private static @Nullable String slot(Request r, Variable.Slot slot) {
    if (slot.blank() && !r.cells().known(slot.index())) {
      if (r.location().core().uninitializedVariableWarn()) {
        r.log(ErrorLog.WARN, "using uninitialized \"" + slot.name() + "\" variable");
      }
      r.cells().set(slot.index(), "");
    }
    return r.cells().get(slot.index());
  }

  static void set(Request r, Variable variable, @Nullable String value) {
    switch (variable) {
      case Variable.Slot slot -> r.cells().set(slot.index(), value);
      case Variable.Computed computed -> r.cells().set(computed.index(), value);
      case Variable.Standard standard -> setStandard(r, standard.which(), value);
      case Variable.Prefixed prefixed ->
          throw new IllegalStateException("$" + prefixed.name() + " is not changeable");
    }
  }

  private static void setStandard(Request r, BuiltinVariable which, @Nullable String value) {
    if (which == BuiltinVariable.ARGS) {
      r.giveArgs(value);
    } else if (which == BuiltinVariable.LIMIT_RATE) {
      setLimitRate(r, value);
    } else {
      throw new IllegalStateException("$" + which.text() + " is not changeable");
    }
  }

  private static void setLimitRate(Request r, @Nullable String value) {
    String text = value == null ? "" : value;
    OptionalLong rate = Units.size(text);
    if (rate.isPresent()) {
      r.limitRate(Long.toString(rate.getAsLong()));
    } else {
      r.log(ErrorLog.ERROR, "invalid $limit_rate \"" + text + "\"");
    }
  }

  private static @Nullable String computed(Request r, Variable.Computed variable) {
    if (r.cells().known(variable.index())) {
      return r.cells().get(variable.index());
    }
    Computation computation = r.service().http().variables().computation(variable);
    String value = computation.compute(r);
    if (computation.cacheable()) {
      r.cells().set(variable.index(), value);
    }
    return value;
  }

  private static @Nullable String prefixed(Request r, Variable.Prefixed variable) {
    String key = variable.key();
    return switch (variable.prefix()) {
      case HTTP -> requestField(r.headers(), key);
      case SENT_HTTP -> SentFields.value(r, key);
      case UPSTREAM_HTTP -> field(r.upstream().headers(), key);
      case UPSTREAM_COOKIE -> upstreamCookie(r.upstream().headers(), key);
      case COOKIE -> Cookies.find(r.headers(), key);
      case ARG -> argument(r.args(), key);
      case SENT_TRAILER -> field(r.response().trailers().sent(), key);
      case UPSTREAM_TRAILER -> field(r.upstream().trailers(), key);
    };
  }

  /** A request field by its variable name, whose underscores stand for hyphens. */
  static @Nullable String requestField(Headers headers, String key) {
    if (key.equals("cookie")) {
      return joined(headers, "Cookie", "; ");
    }
    if (key.equals("x_forwarded_for")) {
      return joined(headers, "X-Forwarded-For", ", ");
    }
    return field(headers, key);
  }

  private static @Nullable String joined(Headers headers, String name, String separator) {
    String first = null;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)) {
        if (first != null) {
          return join(headers.all(name), separator);
        }
        first = headers.value(i);
      }
    }
    return first;
  }

  static @Nullable String join(List<String> values, String separator) {
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.getFirst();
      default -> String.join(separator, values);
    };
  }

  static @Nullable String field(@Nullable Headers headers, String key) {
    if (headers == null) {
      return null;
    }
    for (int i = 0; i < headers.size(); i++) {
      if (sameName(headers.name(i), key)) {
        return headers.value(i);
      }
    }
    return null;
  }

  /** Whether a field's name is the one that a variable's key means. */
  static boolean sameName(String name, String key) {
    if (name.length() != key.length()) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = name.charAt(i);
      char folded = c == '-' ? '_' : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
      if (folded != key.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static @Nullable String upstreamCookie(@Nullable Headers headers, String key) {
    if (headers == null) {
      return null;
    }
    for (String cookie : headers.all("Set-Cookie")) {
      int equals = cookie.indexOf('=');
      if (equals > 0 && cookie.substring(0, equals).strip().equalsIgnoreCase(key)) {
        int end = cookie.indexOf(';', equals);
        return cookie.substring(equals + 1, end < 0 ? cookie.length() : end);
      }
    }
    return null;
  }

  private static String invalidReferer(Request r) {
    Referers referers = r.location().settings().referers();
    return referers == null || referers.valid(r.headers().first("Referer")) ? "" : "1";
  }

  /** The first argument of that name, whatever its case, undecoded. */
  static @Nullable String argument(String args, String key) {
    int at = 0;
    while (at < args.length()) {
      int end = args.indexOf('&', at);
      int stop = end < 0 ? args.length() : end;
      if (stop - at > key.length()
          && args.charAt(at + key.length()) == '='
          && args.regionMatches(true, at, key, 0, key.length())) {
        return args.substring(at + key.length() + 1, stop);
      }
      at = stop + 1;
    }
    return null;
  }

  static @Nullable String standard(Request r, BuiltinVariable which) {
    Client client = r.client();
    HttpExchange exchange = client.exchange();
    GatewayWorker worker = r.worker();
    return switch (which) {
      case ARGS, QUERY_STRING -> r.args().isEmpty() && !r.argsGiven() ? null : r.args();
      case IS_ARGS -> r.args().isEmpty() ? "" : "?";
      case URI, DOCUMENT_URI -> r.uri().isEmpty() ? null : r.uri(); // of a refused request
      case REQUEST_URI -> client.target().unparsed();
      case REQUEST -> exchange.requestLine();
      case REQUEST_METHOD -> r.main().method();
      case REQUEST_ID -> client.requestId();
      case REQUEST_LENGTH -> r.isMain() ? String.valueOf(exchange.bytesReceived()) : "0";
      case REQUEST_TIME ->
          UpstreamStates.seconds(Math.max(0, worker.nowMillis() - client.startMillis()));
      case REQUEST_BODY, ECHO_REQUEST_BODY -> body(r);
      case REQUEST_BODY_FILE -> r.body().file() == null ? null : String.valueOf(r.body().file());
      case REQUEST_COMPLETION -> r.response().ended() ? "OK" : "";
      case REQUEST_FILENAME -> FilePaths.requested(r);
      case DOCUMENT_ROOT -> FilePaths.documentRoot(r);
      case REALPATH_ROOT -> FilePaths.realRoot(r);
      case BINARY_REMOTE_ADDR -> binary(client.addressBytes());
      case REMOTE_ADDR -> client.address();
      case REMOTE_PORT -> client.port() == 0 ? "" : String.valueOf(client.port());
      case REALIP_REMOTE_ADDR -> client.peerAddress();
      case REALIP_REMOTE_PORT -> String.valueOf(client.remote().getPort());
      case REMOTE_USER -> BasicCredentials.user(r);
      case BODY_BYTES_SENT -> String.valueOf(exchange.bodyBytesSent());
      case BYTES_SENT -> String.valueOf(exchange.bytesSent());
      case CONNECTION -> String.valueOf(exchange.connectionId());
      case CONNECTION_REQUESTS -> String.valueOf(exchange.connectionRequests());
      case CONNECTION_TIME ->
          UpstreamStates.seconds(
              (System.nanoTime() - exchange.connectionStartedNanos()) / 1_000_000);
      case CONNECTIONS_ACTIVE -> String.valueOf(r.service().stats().active());
      case CONNECTIONS_READING -> String.valueOf(r.service().stats().reading());
      case CONNECTIONS_WRITING -> String.valueOf(r.service().stats().writing());
      case CONNECTIONS_WAITING -> String.valueOf(r.service().stats().waiting());
      case CONTENT_LENGTH -> contentLength(r);
      case FASTCGI_PATH_INFO -> CgiScript.of(r).pathInfo();
      case FASTCGI_SCRIPT_NAME -> CgiScript.of(r).name();
      case CONTENT_TYPE -> r.headers().first("Content-Type");
      case DATE_GMT, DATE_LOCAL -> SsiDates.value(r, which);
      case HOST -> host(r);
      case HOSTNAME -> r.service().hostname();
      case LOCATION -> MethodOverrides.location(r);
      case REMOTE_PASSWD -> MethodOverrides.password(r);
      case LIMIT_RATE -> r.limitRate() == null ? "0" : r.limitRate();
      case LIMIT_REQ_STATUS -> r.limitStatus();
      case LIMIT_CONN_STATUS -> r.connectionLimitStatus();
      case SRCACHE_EXPIRE, SRCACHE_FETCH_STATUS, SRCACHE_STORE_STATUS -> Srcache.variable(r, which);
      case MEMC_FLAGS_AS_HTTP_TIME -> MemcHandler.flagsAsTime(r);
      case MODERN_BROWSER -> Browsers.modern(r);
      case ANCIENT_BROWSER -> Browsers.ancient(r);
      case MSIE -> Browsers.explorer(r);
      case MSEC -> UpstreamStates.seconds(worker.nowMillis());
      case NGINX_VERSION -> r.service().version();
      case PID -> String.valueOf(worker.pid());
      case PIPE -> ".";
      case PROXY_HOST -> r.upstream().target() == null ? null : r.upstream().target().authority();
      case PROXY_PORT -> proxyPort(r);
      case PROXY_ADD_X_FORWARDED_FOR -> forwardedFor(r);
      case HTTPS -> exchange.tls() == null ? "" : "on";
      case SCHEME -> exchange.tls() == null ? "http" : "https";
      case SERVER_ADDR -> client.localHost();
      case SERVER_NAME -> r.server().primaryName();
      case SERVER_PORT -> String.valueOf(client.local().getPort());
      case SERVER_PROTOCOL -> protocol(exchange);
      case HTTP2 -> exchange.version() == 20 ? exchange.tls() == null ? "h2c" : "h2" : "";
      case STATUS -> status(r);
      case TIME_ISO8601 -> worker.times().iso();
      case TIME_LOCAL -> worker.times().local();
      case INVALID_REFERER -> invalidReferer(r);
      case SECURE_LINK -> SecureLinks.value(r);
      case SECURE_LINK_EXPIRES -> SecureLinks.expires(r);
      case ECHO_IT,
          ECHO_INCR,
          ECHO_TIMER_ELAPSED,
          ECHO_REQUEST_METHOD,
          ECHO_CLIENT_REQUEST_METHOD,
          ECHO_CLIENT_REQUEST_HEADERS,
          ECHO_REQUEST_URI,
          ECHO_CACHEABLE_REQUEST_URI,
          ECHO_RESPONSE_STATUS ->
          EchoVariables.value(r, which);
      case GZIP_RATIO -> {
        Compression made = r.response().compression();
        yield made == null ? null : made.ratio();
      }
      case PROXY_PROTOCOL_ADDR,
          PROXY_PROTOCOL_PORT,
          PROXY_PROTOCOL_SERVER_ADDR,
          PROXY_PROTOCOL_SERVER_PORT ->
          proxied(exchange.proxied(), which);
      case SSL_ALPN_PROTOCOL,
          SSL_CIPHER,
          SSL_CIPHERS,
          SSL_CURVE,
          SSL_CURVES,
          SSL_EARLY_DATA,
          SSL_SESSION_ID,
          SSL_PROTOCOL,
          SSL_SERVER_NAME,
          SSL_CLIENT_CERT,
          SSL_CLIENT_RAW_CERT,
          SSL_CLIENT_VERIFY,
          SSL_SESSION_REUSED,
          SSL_CLIENT_ESCAPED_CERT,
          SSL_CLIENT_FINGERPRINT,
          SSL_CLIENT_I_DN,
          SSL_CLIENT_I_DN_LEGACY,
          SSL_CLIENT_S_DN,
          SSL_CLIENT_S_DN_LEGACY,
          SSL_CLIENT_SERIAL,
          SSL_CLIENT_V_END,
          SSL_CLIENT_V_REMAIN,
          SSL_CLIENT_V_START ->
          TlsVariables.value(exchange.tls(), which, worker.nowMillis());
      case TCPINFO_RTT, TCPINFO_RTTVAR, TCPINFO_SND_CWND, TCPINFO_RCV_SPACE -> null;
      case UID_GOT -> UserId.gotText(r);
      case UID_SET -> UserId.setText(r);
      case SLICE_RANGE -> Slices.range(r);
      case UPSTREAM_ADDR -> r.upstream().addresses();
      case UPSTREAM_STATUS -> r.upstream().statuses();
      case UPSTREAM_CONNECT_TIME -> r.upstream().connectTimes();
      case UPSTREAM_HEADER_TIME -> r.upstream().headerTimes();
      case UPSTREAM_RESPONSE_TIME -> r.upstream().responseTimes();
      case UPSTREAM_RESPONSE_LENGTH -> r.upstream().responseLengths();
      case UPSTREAM_BYTES_RECEIVED -> r.upstream().bytesReceived();
      case UPSTREAM_BYTES_SENT -> r.upstream().bytesSent();
      case UPSTREAM_CACHE_STATUS ->
          r.upstream().cacheStatus() == null ? null : r.upstream().cacheStatus().name();
    };
  }

  private static @Nullable String proxied(
      HttpExchange.@Nullable ProxiedAddress address, BuiltinVariable which) {
    if (address == null) {
      return null;
    }
    boolean server =
        which == BuiltinVariable.PROXY_PROTOCOL_SERVER_ADDR
            || which == BuiltinVariable.PROXY_PROTOCOL_SERVER_PORT;
    InetSocketAddress end = server ? address.destination() : address.source();
    boolean port =
        which == BuiltinVariable.PROXY_PROTOCOL_PORT
            || which == BuiltinVariable.PROXY_PROTOCOL_SERVER_PORT;
    return port ? String.valueOf(end.getPort()) : IpAddress.text(end.getAddress().getAddress());
  }

  private static @Nullable String body(Request r) {
    byte[] bytes = r.body().memory();
    if (bytes == null) {
      return r.body().wasEmpty() ? "" : null;
    }
    return Octets.string(bytes);
  }

  private static String binary(byte @Nullable [] address) {
    return address == null ? "unix:" : Octets.string(address);
  }

  static @Nullable String contentLength(Request r) {
    String announced = r.headers().first("Content-Length");
    long chunks = announced == null ? r.body().lengthOfChunks() : -1;
    return chunks < 0 ? announced : String.valueOf(chunks);
  }

  private static String host(Request r) {
    String host = r.client().sentHost().asked(r.headers());
    return host == null ? r.server().primaryName() : host;
  }

  private static @Nullable String proxyPort(Request r) {
    var target = r.upstream().target();
    return target == null ? null : String.valueOf(target.server().port());
  }

  private static String forwardedFor(Request r) {
    String before = join(r.headers().all("X-Forwarded-For"), ", ");
    String address = r.client().address();
    return before == null ? address : before + ", " + address;
  }

  /** As the client wrote it, which is nothing in HTTP/0.9. */
  private static String protocol(HttpExchange exchange) {
    String line = exchange.requestLine();
    if (exchange.version() == 20) {
      return "HTTP/2.0";
    }
    if (line.endsWith(" HTTP/1.1")) {
      return "HTTP/1.1";
    }
    int at = exchange.version() == 9 ? -1 : line.lastIndexOf("HTTP/");
    return at < 0 ? "" : line.substring(at);
  }

  private static String status(Request r) {
    int status = r.response().status();
    if (status == 0) {
      return r.client().exchange().version() == 9 ? "009" : "000";
    }
    return status >= 100 ? Integer.toString(status) : String.format(Locale.ROOT, "%03d", status);
  }
}
