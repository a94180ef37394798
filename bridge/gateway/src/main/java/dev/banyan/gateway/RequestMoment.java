package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.script.BuiltinVariable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unchanged once made, for any thread: what a handler may read and change of a request, at one
 * moment.
 *
 * @param cells variables that the configuration declares
 * @param status of the response, 0 for none
 * @param response the response's fields
 * @param upstream the fields of an origin's answer; null before there is one
 * @param facts variables of the connection and of what the server did, by which nothing is changed
 * @param sentHost the host that the client asked for
 * @param bodyRead whether the body was read
 * @param body the body as far as it is in memory and not too long to be kept
 * @param bodyTooLong whether it was too long
 */
record RequestMoment(
    String method,
    Uri uri,
    Headers headers,
    Cells cells,
    int status,
    Headers response,
    @Nullable Headers upstream,
    LocationConf location,
    Map<BuiltinVariable, String> facts,
    SentHost sentHost,
    boolean bodyRead,
    byte @Nullable [] body,
    boolean bodyTooLong) {
  /** The longest body that is kept for a dry run, in octets. */
  static final int MAX_BODY = 64 << 10;

  /** What of the connection and the server is kept. */
  private static final BuiltinVariable[] KEPT = {
    BuiltinVariable.BINARY_REMOTE_ADDR,
    BuiltinVariable.CONNECTION,
    BuiltinVariable.CONNECTION_REQUESTS,
    BuiltinVariable.HOSTNAME,
    BuiltinVariable.HTTP2,
    BuiltinVariable.HTTPS,
    BuiltinVariable.NGINX_VERSION,
    BuiltinVariable.PID,
    BuiltinVariable.PROXY_HOST,
    BuiltinVariable.PROXY_PORT,
    BuiltinVariable.REALIP_REMOTE_ADDR,
    BuiltinVariable.REALIP_REMOTE_PORT,
    BuiltinVariable.REMOTE_ADDR,
    BuiltinVariable.REMOTE_PORT,
    BuiltinVariable.REQUEST,
    BuiltinVariable.REQUEST_ID,
    BuiltinVariable.REQUEST_URI,
    BuiltinVariable.SCHEME,
    BuiltinVariable.SERVER_ADDR,
    BuiltinVariable.SERVER_NAME,
    BuiltinVariable.SERVER_PORT,
    BuiltinVariable.SERVER_PROTOCOL,
    BuiltinVariable.UPSTREAM_ADDR,
    BuiltinVariable.UPSTREAM_STATUS,
  };

  /** The same of a connection under TLS. */
  private static final BuiltinVariable[] KEPT_OF_TLS = {
    BuiltinVariable.SSL_CIPHER,
    BuiltinVariable.SSL_PROTOCOL,
    BuiltinVariable.SSL_SERVER_NAME,
    BuiltinVariable.SSL_CLIENT_VERIFY,
    BuiltinVariable.SSL_CLIENT_S_DN,
    BuiltinVariable.SSL_CLIENT_I_DN,
    BuiltinVariable.SSL_CLIENT_SERIAL,
    BuiltinVariable.SSL_CLIENT_FINGERPRINT,
    BuiltinVariable.SSL_SESSION_REUSED,
  };

  /** Where the URI stands, as {@link ProxyUri.Source} tells it. */
  record Uri(
      String path,
      String args,
      boolean argsGiven,
      boolean asSent,
      boolean detached,
      boolean internal,
      boolean escaped) {}

  /** The request as it is now, on its loop. */
  static RequestMoment of(Request r) {
    byte[] body = r.body().memory();
    boolean tooLong = body != null && body.length > MAX_BODY;
    Headers upstream = r.upstream().headers();
    return new RequestMoment(
        r.method(),
        new Uri(
            r.uri(),
            r.args(),
            r.argsGiven(),
            r.asSent(),
            r.isDetached(),
            r.internal(),
            r.escapedUri()),
        r.headers().copy(),
        r.cells().copy(),
        r.response().status(),
        r.response().headers().copy(),
        upstream == null ? null : upstream.copy(),
        r.location(),
        facts(r),
        r.client().sentHost(),
        r.body().isRead(),
        tooLong ? null : body,
        tooLong);
  }

  private static Map<BuiltinVariable, String> facts(Request r) {
    Map<BuiltinVariable, String> facts = new EnumMap<>(BuiltinVariable.class);
    put(r, KEPT, facts);
    if (r.client().exchange().tls() != null) {
      put(r, KEPT_OF_TLS, facts);
    }
    return facts;
  }

  private static void put(Request r, BuiltinVariable[] kept, Map<BuiltinVariable, String> facts) {
    for (BuiltinVariable one : kept) {
      String value = VariableValues.standard(r, one);
      if (value != null) {
        facts.put(one, value);
      }
    }
  }

  /** Whether a variable is among those that are kept, so that its absence is a fact as well. */
  static boolean keeps(BuiltinVariable which) {
    return Arrays.asList(KEPT).contains(which) || Arrays.asList(KEPT_OF_TLS).contains(which);
  }
}
