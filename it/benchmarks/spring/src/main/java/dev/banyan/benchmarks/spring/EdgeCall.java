package dev.banyan.benchmarks.spring;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Headers;
import dev.banyan.api.Legacy;
import dev.banyan.api.OctetBuffer;
import dev.banyan.api.PeerFailure;
import dev.banyan.host.CallView;
import dev.banyan.lua.seam.JavaView;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Owned by its exchange's event loop: an exchange of Spring's as the ports read it, and what they
 * have changed.
 */
final class EdgeCall implements CallView {
  /** The attribute of the exchange that it is in. */
  static final String ATTRIBUTE = EdgeCall.class.getName();

  private static final Logger LINES = LoggerFactory.getLogger("edge.lines");
  private static final Logger LOG = LoggerFactory.getLogger("edge");
  private static final int ERROR = 4;
  private static final String FIELD = "http_";
  private static final String COOKIE = "cookie_";
  private static final Map<String, String> AT_FIRST =
      Map.of("edge_action", "pass", "waf_score", "0");

  private final ServerWebExchange exchange;
  private final ServerHttpRequest request;
  private final byte @Nullable [] body;
  private final Map<String, String> variables = new HashMap<>(AT_FIRST);
  private final Map<String, Object> ctx = new HashMap<>();
  private final HttpHeaders headers;
  private final String host;
  private String path;
  private String args;
  private boolean moved;
  private @Nullable InetSocketAddress peer;
  private @Nullable DataBuffer piece;
  private byte @Nullable [] changedPiece;
  private boolean last;
  private long sent;

  EdgeCall(ServerWebExchange exchange, byte @Nullable [] body) {
    this.exchange = exchange;
    this.request = exchange.getRequest();
    this.body = body;
    headers = HttpHeaders.copyOf(request.getHeaders());
    path = UriUtils.decode(request.getURI().getRawPath(), StandardCharsets.ISO_8859_1);
    String query = request.getURI().getRawQuery();
    args = query == null ? "" : query;
    InetSocketAddress named = request.getHeaders().getHost();
    host = named == null ? "" : named.getHostString().toLowerCase(Locale.ROOT);
  }

  /** The request's fields as the origin is to receive them. */
  HttpHeaders changedHeaders() {
    return headers;
  }

  /** The path and the arguments as the origin is to receive them; null where the client's stay. */
  @Nullable String target() {
    if (!moved) {
      return null;
    }
    String encoded = UriUtils.encodePath(path, StandardCharsets.ISO_8859_1);
    return args.isEmpty() ? encoded : encoded + "?" + args;
  }

  /** The origin that was chosen. */
  InetSocketAddress peer() {
    if (peer == null) {
      throw new IllegalStateException("no origin was chosen");
    }
    return peer;
  }

  /** The client's address, as the connection has it. */
  String client() {
    InetSocketAddress remote = request.getRemoteAddress();
    return remote == null ? "" : remote.getAddress().getHostAddress();
  }

  /** Counts octets that go to the client. */
  void sending(int octets) {
    sent += octets;
  }

  /** Shows a piece of the answer's body to the next call. */
  void piece(@Nullable DataBuffer shown, boolean isLast) {
    piece = shown;
    changedPiece = null;
    last = isLast;
  }

  /** What stands for the piece that was shown last; null where it stays. */
  byte @Nullable [] changedPiece() {
    return changedPiece;
  }

  void variable(String name, String value) {
    variables.put(name, value);
  }

  /** Applies what a port decided. */
  void apply(Decision decision) {
    for (int i = 0; i < decision.effectCount(); i++) {
      apply(decision.effect(i));
    }
  }

  private void apply(Effect effect) {
    switch (effect) {
      case Effect.RequestHeader(var name, var value) -> change(headers, name, value);
      case Effect.ResponseHeader(var name, var value) -> change(answer().getHeaders(), name, value);
      case Effect.ResponseHeaders(var name, var values) -> {
        answer().getHeaders().remove(name);
        values.forEach(value -> answer().getHeaders().add(name, value));
      }
      case Effect.Status(var code) -> answer().setStatusCode(HttpStatusCode.valueOf(code));
      case Effect.Piece(var bytes) -> changedPiece = bytes;
      case Effect.Append(_, var line) -> {
        OctetBuffer octets = new OctetBuffer();
        line.writeTo(octets);
        LINES.info(octets.toString());
      }
      case Effect.Variable(var name, var value) -> variables.put(name, value == null ? "" : value);
      case Effect.Context(var key, var value) -> {
        if (value == null) {
          ctx.remove(key);
        } else {
          ctx.put(key, value);
        }
      }
      case Effect.Uri(var uri) -> {
        path = uri;
        moved = true;
      }
      case Effect.Arguments(var raw) -> {
        args = raw;
        moved = true;
      }
      case Effect.Peer(var address, var port) ->
          peer = InetSocketAddress.createUnresolved(address, port);
      case Effect.Log(var level, var message) -> {
        if (level <= ERROR) {
          LOG.error(message);
        } else {
          LOG.warn(message);
        }
      }
      case Effect.MoreTries _ -> {
        // one origin that answers is what the load has
      }
      case Effect.Later _ -> throw new IllegalStateException("no port of the sample legacy waits");
    }
  }

  private static void change(HttpHeaders fields, String name, @Nullable String value) {
    if (value == null) {
      fields.remove(name);
    } else {
      fields.set(name, value);
    }
  }

  private ServerHttpResponse answer() {
    return exchange.getResponse();
  }

  @Override
  public String method() {
    return request.getMethod().name();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawTarget() {
    String query = request.getURI().getRawQuery();
    String raw = request.getURI().getRawPath();
    return query == null ? raw : raw + "?" + query;
  }

  @Override
  public String args() {
    return args;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrEmpty(name);
  }

  @Override
  public Headers allHeaders(int max) {
    return copy(headers, max);
  }

  private static Headers copy(HttpHeaders fields, int max) {
    Headers all = new Headers();
    fields.forEach((name, values) -> values.forEach(value -> all.add(name, value)));
    return all.copyFirst(max);
  }

  @Override
  public @Nullable String variable(String name) {
    String set = variables.get(name);
    if (set != null) {
      return set;
    }
    return switch (name) {
      case "host" -> host;
      case "remote_addr" -> client();
      case "request_uri" -> rawTarget();
      case "args" -> args;
      case "status" -> String.valueOf(status());
      case "body_bytes_sent" -> String.valueOf(sent);
      case "upstream_status" -> upstreamStatus();
      case "tenant_id", "tenant_tier", "bot_class", "cache_key", "upstream_group" -> "";
      default -> fieldOrCookie(name);
    };
  }

  private @Nullable String fieldOrCookie(String name) {
    if (name.startsWith(FIELD)) {
      return headers.getFirst(name.substring(FIELD.length()).replace('_', '-'));
    }
    if (name.startsWith(COOKIE)) {
      HttpCookie cookie = request.getCookies().getFirst(name.substring(COOKIE.length()));
      return cookie == null ? null : cookie.getValue();
    }
    return null;
  }

  private @Nullable String upstreamStatus() {
    HttpClientResponse origin = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
    return origin == null ? null : String.valueOf(origin.status().code());
  }

  @Override
  public @Nullable Object ctx(String key) {
    return switch (ctx.get(key)) {
      case Legacy legacy -> JavaView.of(legacy.standIn());
      case Map<?, ?> map -> JavaView.of(map);
      case List<?> list -> JavaView.of(list);
      case Number number -> number.doubleValue();
      case null -> null;
      case Object value -> value;
    };
  }

  @Override
  public @Nullable Object field(String name) {
    return null;
  }

  @Override
  public int status() {
    HttpStatusCode status = answer().getStatusCode();
    return status == null ? 0 : status.value();
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return answer().getHeaders().getFirst(name);
  }

  @Override
  public List<String> responseHeaders(String name) {
    return answer().getHeaders().getOrEmpty(name);
  }

  @Override
  public Headers allResponseHeaders(int max) {
    return copy(answer().getHeaders(), max);
  }

  @Override
  public byte[] chunk() {
    if (piece == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[piece.readableByteCount()];
    piece.toByteBuffer(ByteBuffer.wrap(bytes));
    return bytes;
  }

  @Override
  public boolean lastChunk() {
    return last;
  }

  @Override
  public @Nullable PeerFailure lastFailure() {
    return null;
  }

  @Override
  public byte @Nullable [] body(int max) {
    return body == null || body.length > max ? null : body;
  }

  @Override
  public boolean detached() {
    return false;
  }
}
