package dev.banyan.gateway.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.PeerFailure;
import dev.banyan.host.CallView;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.RecordedState.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Immutable: a recorded request as a port's sources read it. */
final class RecordedView implements CallView {
  private final RecordedCall call;
  private final RecordedState state;

  RecordedView(RecordedCall call) {
    this.call = call;
    this.state = call.before();
  }

  @Override
  public String method() {
    return state.method();
  }

  @Override
  public String path() {
    return state.uri();
  }

  @Override
  public String rawTarget() {
    return state.target();
  }

  @Override
  public String args() {
    return state.args();
  }

  @Override
  public @Nullable String header(String name) {
    return first(state.requestHeaders(), name);
  }

  @Override
  public List<String> headers(String name) {
    return RecordedState.all(state.requestHeaders(), name);
  }

  @Override
  public Headers allHeaders(int max) {
    return head(state.requestHeaders(), max);
  }

  /** What the recording holds, else what the head of the request tells, as nginx would. */
  @Override
  public @Nullable String variable(String name) {
    String known = state.variables().get(name);
    if (known != null) {
      return known;
    }
    return switch (name) {
      case "uri" -> state.uri();
      case "args", "query_string" -> state.args().isEmpty() ? null : state.args();
      case "request_uri" -> state.target();
      case "request_method" -> state.method();
      default -> ofHead(name);
    };
  }

  private @Nullable String ofHead(String name) {
    if (name.startsWith("cookie_")) {
      return cookie(name.substring("cookie_".length()));
    }
    if (name.startsWith("http_")) {
      List<String> values = headers(name.substring("http_".length()).replace('_', '-'));
      String joint = name.equals("http_cookie") ? "; " : ", ";
      return values.isEmpty() ? null : String.join(joint, values);
    }
    return null;
  }

  private @Nullable String cookie(String name) {
    for (String line : headers("Cookie")) {
      for (String pair : line.split("; *", -1)) {
        if (pair.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable Object ctx(String key) {
    return RecordedState.view(state.ctx().get(key));
  }

  @Override
  public @Nullable Object field(String name) {
    return RecordedState.view(call.fields().get(name));
  }

  @Override
  public int status() {
    return state.status();
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return first(state.responseHeaders(), name);
  }

  @Override
  public List<String> responseHeaders(String name) {
    return RecordedState.all(state.responseHeaders(), name);
  }

  @Override
  public Headers allResponseHeaders(int max) {
    return head(state.responseHeaders(), max);
  }

  @Override
  public byte[] chunk() {
    return state.chunk() == null ? new byte[0] : octets(state.chunk());
  }

  @Override
  public boolean lastChunk() {
    return state.lastChunk();
  }

  @Override
  public @Nullable PeerFailure lastFailure() {
    return state.failure() == null ? null : new PeerFailure(state.failure(), state.failureStatus());
  }

  /** The body that Lua had or has read. */
  @Override
  public byte @Nullable [] body(int max) {
    String body = state.body() == null ? call.after().body() : state.body();
    return body == null || body.length() > max ? null : octets(body);
  }

  @Override
  public boolean detached() {
    return true;
  }

  private static @Nullable String first(List<Field> head, String name) {
    List<String> values = RecordedState.all(head, name);
    return values.isEmpty() ? null : values.getFirst();
  }

  private static Headers head(List<Field> fields, int max) {
    Headers headers = new Headers();
    fields.forEach(field -> headers.add(field.name(), field.value()));
    return headers.copyFirst(max);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
