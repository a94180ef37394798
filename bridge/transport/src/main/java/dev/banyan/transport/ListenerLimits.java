package dev.banyan.transport;

import java.time.Duration;

/**
 * Bounds of a listener's connections, named after nginx's directives.
 *
 * @param headerBufferBytes client_header_buffer_size: where a request's head is read first
 * @param largeHeaderBuffers large_client_header_buffers, number: used when that is full
 * @param largeHeaderBytes large_client_header_buffers, size: the longest request or header line
 * @param headerLines max_headers: the lines that a request's head may have
 * @param headerTimeout client_header_timeout: for a whole head, from its first octet
 * @param sendTimeout send_timeout: between two writes that the client took, once the answer is
 *     complete
 * @param keepAliveTimeout keepalive_timeout; zero closes after each response
 * @param keepAliveRequests keepalive_requests
 * @param closing how connections are closed
 * @param maxConnections connections open at a time; further ones are closed at once
 * @param streams http2_max_concurrent_streams
 */
public record ListenerLimits(
    int headerBufferBytes,
    int largeHeaderBuffers,
    int largeHeaderBytes,
    int headerLines,
    Duration headerTimeout,
    Duration sendTimeout,
    Duration keepAliveTimeout,
    int keepAliveRequests,
    Closing closing,
    int maxConnections,
    int streams) {
  /** nginx's defaults. */
  public static final ListenerLimits DEFAULT =
      new ListenerLimits(
          1024,
          4,
          8192,
          1000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(75),
          1000,
          Closing.DEFAULT,
          16384,
          128);

  /** Refuses sizes and counts that are not positive. */
  public ListenerLimits {
    if (headerBufferBytes <= 0
        || largeHeaderBuffers <= 0
        || largeHeaderBytes <= 0
        || headerLines <= 0
        || maxConnections <= 0
        || streams <= 0) {
      throw new IllegalArgumentException("sizes and counts of a listener must be positive");
    }
  }
}
