package dev.banyan.gateway.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.PeerFailure;
import dev.banyan.api.Phase;
import dev.banyan.host.CallView;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.seam.SeamCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: the live request as a port's sources read it. */
final class LiveCall implements CallView {
  private final SeamCall call;
  private final RequestHost request;
  private final boolean detached;
  private final @Nullable SharedVariables variables;

  /**
   * @param detached whether what is read must outlive the call, and the body is only looked at if
   *     somebody else has read it
   */
  LiveCall(SeamCall call, boolean detached) {
    this.call = call;
    this.request = call.request();
    this.detached = detached;
    this.variables = null;
  }

  /** A detached one, for a shadowed call, that shares what it reads with others of its request. */
  LiveCall(SeamCall call, SharedVariables variables) {
    this.call = call;
    this.request = call.request();
    this.detached = true;
    this.variables = variables;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return request.uri();
  }

  @Override
  public String rawTarget() {
    String target = request.variable("request_uri");
    return target == null ? "" : target;
  }

  @Override
  public String args() {
    return request.args();
  }

  @Override
  public @Nullable String header(String name) {
    return request.requestHeaders().first(name);
  }

  @Override
  public List<String> headers(String name) {
    return request.requestHeaders().all(name);
  }

  @Override
  public Headers allHeaders(int max) {
    return request.requestHeaders().frozenFirst(max);
  }

  @Override
  public Headers requestHead() {
    return request.requestHeaders().frozen();
  }

  @Override
  public @Nullable Object field(String name) {
    return call.field(name);
  }

  @Override
  public int status() {
    return request.status();
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return request.responseHeaders().first(name);
  }

  @Override
  public List<String> responseHeaders(String name) {
    return request.responseHeaders().all(name);
  }

  @Override
  public Headers allResponseHeaders(int max) {
    return request.responseHeaders().copyFirst(max);
  }

  @Override
  public Headers responseHead() {
    return request.responseHeaders().frozen();
  }

  @Override
  public byte[] chunk() {
    return request.phase() == Phase.BODY_FILTER ? request.filterChunk() : new byte[0];
  }

  @Override
  public boolean lastChunk() {
    return request.phase() == Phase.BODY_FILTER && request.filterEof();
  }

  @Override
  public @Nullable PeerFailure lastFailure() {
    if (request.phase() != Phase.BALANCER) {
      return null;
    }
    String state = request.balancer().lastFailure();
    return state == null ? null : new PeerFailure(state, request.balancer().lastFailureStatus());
  }

  @Override
  public @Nullable String variable(String name) {
    return variables == null ? request.variable(name) : variables.value(request, name);
  }

  @Override
  public @Nullable Object ctx(String key) {
    return call.ctx(key);
  }

  @Override
  public byte @Nullable [] body(int max) {
    if (!request.bodyRead()) {
      if (detached || !announcesAtMost(max)) {
        return null;
      }
      request.readBody();
    }
    byte[] data = request.bodyData();
    return data == null || data.length > max ? null : data;
  }

  private boolean announcesAtMost(int max) {
    String length = request.requestHeaders().first("Content-Length");
    if (length == null || length.isEmpty() || length.length() > 10) {
      return false;
    }
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) < '0' || length.charAt(i) > '9') {
        return false;
      }
    }
    long bytes = Long.parseLong(length);
    return bytes > 0 && bytes <= max;
  }

  @Override
  public boolean detached() {
    return detached;
  }
}
