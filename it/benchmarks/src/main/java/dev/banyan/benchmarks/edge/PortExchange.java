package dev.banyan.benchmarks.edge;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Headers;
import dev.banyan.api.Legacy;
import dev.banyan.api.OctetBuffer;
import dev.banyan.api.PeerFailure;
import dev.banyan.host.CallView;
import dev.banyan.testkit.TestCall;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread: a request on its way through the ports, with no Lua beneath it. It is used
 * again for the next run and allocates little of its own: what is measured are the ports.
 */
final class PortExchange implements CallView {
  /** Tables that outlive requests, as the legacy's do, are looked at once. */
  private final IdentityHashMap<Object, Object> lasting;

  private final EdgeRequest request;
  private final byte @Nullable [] body;
  private final Map<String, String> known;
  private final Headers received = new Headers();
  private final Headers answered = new Headers();
  private final Headers headers = new Headers();
  private final Headers answer = new Headers();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Object> ctx = new HashMap<>();
  private String path = "";
  private String args = "";
  private int status;
  private byte[] piece = new byte[0];
  private boolean last;
  private final OctetBuffer line = new OctetBuffer();

  PortExchange(EdgeRequest request, IdentityHashMap<Object, Object> lasting) {
    this.request = request;
    this.lasting = lasting;
    known = Exchange.variables(request);
    body = request.body().isEmpty() ? null : octets(request.body());
    request.headers().forEach(received::add);
    request.answer().forEach(answered::add);
    begin();
  }

  static IdentityHashMap<Object, Object> noTables() {
    return new IdentityHashMap<>();
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  void begin() {
    refill(headers, received);
    answer.clear();
    variables.replaceAll((_, _) -> null);
    ctx.replaceAll((_, _) -> null);
    path = request.path();
    args = request.args();
    status = 0;
  }

  void answer(int code) {
    status = code;
    if (code == 200) {
      refill(answer, answered);
    }
  }

  private static void refill(Headers headers, Headers from) {
    headers.clear();
    for (int i = 0; i < from.size(); i++) {
      headers.add(from.name(i), from.value(i));
    }
  }

  void piece(byte[] bytes, boolean isLast) {
    piece = bytes;
    last = isLast;
  }

  void variable(String name, String value) {
    variables.put(name, value);
  }

  OctetBuffer line() {
    return line;
  }

  void apply(Decision decision) {
    for (int i = 0; i < decision.effectCount(); i++) {
      apply(decision.effect(i));
    }
  }

  private void apply(Effect effect) {
    switch (effect) {
      case Effect.RequestHeader(var name, var value) -> change(headers, name, value);
      case Effect.ResponseHeader(var name, var value) -> change(answer, name, value);
      case Effect.ResponseHeaders(var name, var values) -> {
        answer.remove(name);
        values.forEach(value -> answer.add(name, value));
      }
      case Effect.Status(var code) -> status = code;
      case Effect.Piece(var bytes) -> piece = bytes;
      case Effect.Append(_, var text) -> {
        line.clear(); // as the logs' queue takes it: octets in a room that is used again
        text.writeTo(line);
      }
      case Effect.Variable(var name, var value) -> variables.put(name, value == null ? "" : value);
      case Effect.Context(var key, var value) -> ctx.put(key, value == null ? "" : lua(value));
      case Effect.Uri(var uri) -> path = uri;
      case Effect.Arguments(var raw) -> args = raw;
      case Effect.Peer _, Effect.MoreTries _, Effect.Log _, Effect.Later _ -> {
        // nobody asks for these
      }
    }
  }

  private Object lua(Object value) {
    if (value instanceof Legacy legacy) {
      return lasting.computeIfAbsent(legacy.standIn(), TestCall::view);
    }
    return value instanceof Map<?, ?> map ? TestCall.view(map) : value;
  }

  private static void change(Headers headers, String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.setValue(name, value);
    }
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawTarget() {
    return request.target();
  }

  @Override
  public String args() {
    return args;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.first(name);
  }

  @Override
  public List<String> headers(String name) {
    return headers.all(name);
  }

  @Override
  public Headers allHeaders(int max) {
    return headers.frozenFirst(max);
  }

  @Override
  public @Nullable String variable(String name) {
    String set = variables.get(name);
    return set != null ? set : known.get(name);
  }

  @Override
  public @Nullable Object ctx(String key) {
    return ctx.get(key);
  }

  @Override
  public @Nullable Object field(String name) {
    return null;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return answer.first(name);
  }

  @Override
  public List<String> responseHeaders(String name) {
    return answer.all(name);
  }

  @Override
  public Headers allResponseHeaders(int max) {
    return answer.copyFirst(max);
  }

  @Override
  public byte[] chunk() {
    return piece;
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
