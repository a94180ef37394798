package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: one command to the servers of a {@code memcached_pass} or a {@code
 * memc_pass}.
 *
 * @param words a get's key, which is escaped; of every other command all of its octets
 */
record MemcachedDialect(Request r, String command, String words) implements OriginDialect {
  private static final Headers NO_FIELDS = new Headers();

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
    return command;
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
    open.sendHead(command, words, "", NO_FIELDS);
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
