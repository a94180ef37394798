package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: the commands of one request to the servers of a {@code redis2_pass}.
 *
 * @param octets all commands as they are sent
 * @param replies how many there are to wait for
 */
record RedisDialect(Request r, String octets, int replies) implements OriginDialect {
  private static final Headers NO_FIELDS = new Headers();

  @Override
  public String scheme() {
    return "redis2";
  }

  @Override
  public String uri() {
    return "";
  }

  @Override
  public String method() {
    return Integer.toString(replies);
  }

  @Override
  public boolean bodiless() {
    return r.method().equals("HEAD");
  }

  @Override
  public Upstream.Connection connect(Upstream.Peer peer, Duration timeout) {
    return r.worker().redis().connect(peer, timeout);
  }

  @Override
  public void send(
      Upstream.Connection open,
      UpstreamStates.Try state,
      RequestTrace.@Nullable Attempt traced,
      Duration timeout) {
    open.sendHead(method(), octets, "", NO_FIELDS);
    open.awaitWritable(timeout);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public void recreate() {
    // the same commands again
  }
}
