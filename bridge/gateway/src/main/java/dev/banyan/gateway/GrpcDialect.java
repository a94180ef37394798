package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.transport.GrpcUpstream;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: HTTP/2 to the servers of a {@code grpc_pass}. */
final class GrpcDialect implements PassDialect {
  private final Request r;
  private final ProxyTarget target;
  private final ProxySettings settings;
  private final String uri;
  private ProxyBody body;

  GrpcDialect(Request r, ProxyTarget target) {
    this.r = r;
    this.target = target;
    this.settings = r.location().grpc();
    this.body = ProxyBody.streaming(r, settings);
    this.uri = ProxyUri.whole(r);
  }

  @Override
  public ProxySettings settings() {
    return settings;
  }

  @Override
  public String address() {
    return "";
  }

  @Override
  public void looks(String key) {
    throw new IllegalStateException("answers of gRPC are not kept");
  }

  @Override
  public void keeps(CacheVisit cached) {
    throw new IllegalStateException("answers of gRPC are not kept");
  }

  @Override
  public void prepare() {
    // each try makes its own
  }

  @Override
  public String scheme() {
    return target.tls() ? "grpcs" : "grpc";
  }

  @Override
  public String uri() {
    return "";
  }

  @Override
  public String method() {
    return r.method();
  }

  @Override
  public boolean bodiless() {
    return r.method().equals("HEAD");
  }

  @Override
  public Upstream.Connection connect(Upstream.Peer peer, Duration timeout) {
    GrpcUpstream.Call call = new GrpcUpstream.Call(body.follows(), settings.bufferSize());
    Upstream servers = (to, patience) -> r.worker().grpc().connect(to, patience, call);
    return Enclosure.upstream(r.service().options().enclosure(), servers).connect(peer, timeout);
  }

  @Override
  public void send(
      Upstream.Connection open,
      UpstreamStates.Try state,
      RequestTrace.@Nullable Attempt traced,
      Duration timeout) {
    Headers head = GrpcRequestHead.of(r, settings, target);
    if (traced != null) {
      traced.propagate(head);
    }
    open.sendHead(r.method(), uri, target.scheme(), head);
    open.awaitWritable(timeout);
    body.sendBeside(open, timeout);
  }

  @Override
  public boolean repeatable() {
    return body.repeatable();
  }

  @Override
  public void recreate() {
    body = ProxyBody.streaming(r, settings);
  }
}
