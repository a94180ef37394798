package dev.banyan.transport;

import java.time.Duration;

/**
 * Bounds of a listener, named as nginx's directives.
 *
 * @param headerLineBytes the largest request line or header line (large_client_header_buffers size)
 * @param headerBytes the largest request head
 * @param headerTimeout client_header_timeout
 * @param keepAliveTimeout keepalive_timeout; zero closes after each response
 * @param keepAliveRequests keepalive_requests
 * @param lingering lingering_timeout: how long an unread request body is discarded for
 * @param maxConnections connections open at a time
 */
public record ListenerLimits(
    int headerLineBytes,
    int headerBytes,
    Duration headerTimeout,
    Duration keepAliveTimeout,
    int keepAliveRequests,
    Duration lingering,
    int maxConnections) {
  /** nginx's defaults. */
  public static final ListenerLimits DEFAULT =
      new ListenerLimits(
          8192,
          32768,
          Duration.ofSeconds(60),
          Duration.ofSeconds(75),
          1000,
          Duration.ofSeconds(5),
          16384);
}
