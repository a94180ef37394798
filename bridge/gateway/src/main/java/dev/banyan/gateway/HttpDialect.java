package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: HTTP/1 to the servers of a {@code proxy_pass}. */
final class HttpDialect implements PassDialect {
  private final Request r;
  private final ContentHandler.Proxy handler;
  private final ProxyTarget target;
  private final ProxySettings settings;
  private final String uri;
  private ProxyBody body;
  private @Nullable CacheVisit visit;
  private @Nullable Built built;

  /** What was built before a program chose the server, and doesn't follow what it changes. */
  private record Built(String method, Headers head) {}

  HttpDialect(Request r, ContentHandler.Proxy handler, ProxyTarget target) {
    this.r = r;
    this.handler = handler;
    this.target = target;
    this.settings = r.location().proxy();
    this.body = ProxyBody.of(r, settings);
    this.uri = ProxyUri.of(r, handler, target);
  }

  @Override
  public void keeps(CacheVisit cached) {
    visit = cached;
  }

  @Override
  public ProxySettings settings() {
    return settings;
  }

  @Override
  public String address() {
    return target.origin() + uri;
  }

  @Override
  public void looks(String key) {
    PathRecorder recorder = r.recorder();
    if (recorder != null) {
      recorder.looking(handler, key);
    }
  }

  @Override
  public void prepare() {
    // each try makes its own
  }

  @Override
  public void location(Request request, String name, String value) {
    ProxyRedirects.location(request, handler, target, name, value);
  }

  @Override
  public String refresh(String value) {
    return ProxyRedirects.refresh(r, handler, target, value);
  }

  @Override
  public String scheme() {
    return target.scheme();
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public String method() {
    if (settings.method() != null) {
      return settings.method().evaluate(r);
    }
    return converts() ? "GET" : r.method();
  }

  private boolean converts() {
    return visit != null && visit.converts() && r.method().equals("HEAD");
  }

  @Override
  public boolean bodiless() {
    return r.method().equals("HEAD") && !converts();
  }

  @Override
  public Upstream.Connection connect(Upstream.Peer peer, Duration timeout) {
    return r.worker().upstream().connect(peer, timeout);
  }

  @Override
  public void send(
      Upstream.Connection open,
      UpstreamStates.Try state,
      RequestTrace.@Nullable Attempt traced,
      Duration timeout) {
    ProxySettings.HttpVersion version = settings.httpVersion();
    boolean chunked = body.chunked();
    Built known = built;
    Headers head = known == null ? head(chunked) : known.head();
    String method = known == null ? method() : known.method();
    PathRecorder recorder = r.recorder();
    if (recorder != null) {
      recorder.sending(
          handler,
          new PathSteps.Framing(target, body.length(), chunked),
          method,
          uri,
          head,
          state.address);
    }
    if (traced != null) {
      traced.propagate(head);
    }
    open.sendHead(method, uri, version == ProxySettings.HttpVersion.HTTP_1_1 ? "1.1" : "1.0", head);
    body.send(open, timeout);
  }

  private Headers head(boolean chunked) {
    CacheVisit cached = visit;
    if (cached == null || !cached.keeping()) {
      return ProxyRequestHead.of(r, r.headers(), settings, target, body.length(), chunked);
    }
    Headers sent = ProxyRequestHead.whole(r.headers());
    Headers head = ProxyRequestHead.of(r, sent, settings, target, body.length(), chunked);
    Headers conditions = cached.conditions();
    if (conditions != null) {
      ProxyRequestHead.add(head, conditions, settings);
    }
    return head;
  }

  @Override
  public boolean repeatable() {
    return body.repeatable();
  }

  @Override
  public void build() {
    built = new Built(method(), head(body.chunked()));
  }

  @Override
  public void recreate() {
    body = ProxyBody.of(r, settings);
    build();
  }
}
