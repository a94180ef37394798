package dev.banyan.duel.wire;

import java.time.Duration;

/**
 * How targets are spoken to.
 *
 * @param timeout for each answer, and for making a connection
 * @param pipeline requests that wait on one connection of HTTP/1 at most; 1 for no pipelining
 * @param perConnection requests that one connection carries at most: below what servers allow, so
 *     that no server ends connections where another doesn't
 */
public record ClientOptions(Duration timeout, int pipeline, int perConnection) {
  /** Streams that one connection of HTTP/2 has open at most. */
  static final int STREAMS = 100;

  /** Ten seconds, no pipelining, a hundred requests for each connection. */
  public static final ClientOptions DEFAULT = new ClientOptions(Duration.ofSeconds(10), 1, 100);
}
