package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: what the servers of a {@code memcached_pass}, a {@code memc_pass} or
 * a {@code redis2_pass} are asked.
 *
 * @param scheme what the log calls the protocol
 * @param servers who opens connections of it
 * @param command what {@link Upstream.Connection#sendHead} of that protocol takes for a method
 * @param words and for a target
 */
record CommandDialect(Request r, String scheme, Upstream servers, String command, String words)
    implements OriginDialect {
  private static final Headers NO_FIELDS = new Headers();

  @Override
  public String uri() {
    return "";
  }

  /** Of {@code memcached_pass}, and {@code memc_pass}. */
  static CommandDialect memcached(Request r, String command, String words) {
    return new CommandDialect(r, "memcached", r.worker().memcached(), command, words);
  }

  /** Of {@code redis2_pass}: commands as they are sent, and how many replies there will be. */
  static CommandDialect redis(Request r, String commands, int replies) {
    return new CommandDialect(r, "redis2", r.worker().redis(), Integer.toString(replies), commands);
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
    return servers.connect(peer, timeout);
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
