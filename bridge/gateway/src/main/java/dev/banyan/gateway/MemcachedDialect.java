package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: a get of one key from the servers of a {@code memcached_pass}. */
final class MemcachedDialect implements OriginDialect {
  private static final Headers NO_FIELDS = new Headers();

  private final Request r;
  private final String key;

  /** Asks for a key that is escaped already. */
  MemcachedDialect(Request r, String key) {
    this.r = r;
    this.key = key;
  }

  @Override
  public String scheme() {
    return "memcached";
  }

  @Override
  public String uri() {
    return "";
  }

  @Override
  public String method() {
    return "get";
  }

  @Override
  public boolean bodiless() {
    return r.method().equals("HEAD");
  }

  @Override
  public Upstream.Connection connect(Upstream.Peer peer, Duration timeout) {
    return r.worker().memcached().connect(peer, timeout);
  }

  @Override
  public void send(
      Upstream.Connection open,
      UpstreamStates.Try state,
      RequestTrace.@Nullable Attempt traced,
      Duration timeout) {
    open.sendHead(method(), key, "", NO_FIELDS);
    open.awaitWritable(timeout);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public void recreate() {
    // the same command again
  }
}
