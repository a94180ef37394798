package dev.banyan.testkit;

import dev.banyan.api.Headers;
import dev.banyan.api.PeerFailure;
import dev.banyan.host.CallView;
import dev.banyan.lua.seam.JavaView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Not thread-safe: a request for a port's test, built up field by field. */
public final class TestCall implements CallView {
  private final Headers headers = new Headers();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Object> ctx = new HashMap<>();
  private final Map<String, Object> fields = new HashMap<>();
  private final Headers responseHeaders = new Headers();
  private int status;
  private byte[] chunk = new byte[0];
  private boolean lastChunk;
  private @Nullable PeerFailure lastFailure;
  private String method = "GET";
  private String path = "/";
  private String args = "";
  private byte @Nullable [] body;

  /** A GET of {@code target} without headers. */
  public static TestCall get(String target) {
    TestCall call = new TestCall();
    int mark = target.indexOf('?');
    call.path = mark < 0 ? target : target.substring(0, mark);
    call.args = mark < 0 ? "" : target.substring(mark + 1);
    return call;
  }

  /** The same with another method. */
  public TestCall method(String name) {
    method = name;
    return this;
  }

  /** Adds a request header. */
  public TestCall header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** Sets an nginx variable. */
  public TestCall variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Sets a key of {@code ngx.ctx}: a string, double, boolean, or a map for a table. */
  public TestCall ctx(String key, Object value) {
    ctx.put(key, view(value));
    return this;
  }

  /** Sets the body. */
  public TestCall body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Sets a field of the Lua module: a string, double, boolean, or a map for a table. */
  public TestCall field(String name, Object value) {
    fields.put(name, view(value));
    return this;
  }

  /** Sets the response's status. */
  public TestCall responseStatus(int value) {
    status = value;
    return this;
  }

  /** Adds a response header. */
  public TestCall responseHeader(String name, String value) {
    responseHeaders.add(name, value);
    return this;
  }

  /** Sets the piece that passes the body filter. */
  public TestCall chunk(byte[] piece, boolean last) {
    chunk = piece.clone();
    lastChunk = last;
    return this;
  }

  /** Sets how the last try of the upstream failed. */
  public TestCall lastFailure(String state, int failedStatus) {
    lastFailure = new PeerFailure(state, failedStatus);
    return this;
  }

  /** A map or list as the table that Lua would hand over; other values as they are. */
  public static Object view(Object value) {
    return switch (value) {
      case Map<?, ?> map -> JavaView.of(map);
      case List<?> list -> JavaView.of(list);
      default -> value;
    };
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawTarget() {
    return args.isEmpty() ? path : path + "?" + args;
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
  public @Nullable Object field(String name) {
    return fields.get(name);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return responseHeaders.first(name);
  }

  @Override
  public List<String> responseHeaders(String name) {
    return responseHeaders.all(name);
  }

  @Override
  public Headers allResponseHeaders(int max) {
    return responseHeaders.copyFirst(max);
  }

  @Override
  public byte[] chunk() {
    return chunk.clone();
  }

  @Override
  public boolean lastChunk() {
    return lastChunk;
  }

  @Override
  public @Nullable PeerFailure lastFailure() {
    return lastFailure;
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public @Nullable Object ctx(String key) {
    return ctx.get(key);
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
