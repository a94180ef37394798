package dev.banyan.transport;

import org.jspecify.annotations.Nullable;

/**
 * How a listener takes connections: the parameters of nginx's {@code listen}.
 *
 * @param limits bounds of its connections
 * @param tls certificates and protocols, or null for plain connections
 * @param http2 offer HTTP/2: by ALPN with TLS, by prior knowledge without
 * @param proxyProtocol connections begin with a PROXY protocol header
 * @param backlog connections that the kernel queues
 * @param sockets what its connections' sockets are set to
 */
public record ListenerOptions(
    ListenerLimits limits,
    @Nullable TlsServer tls,
    boolean http2,
    boolean proxyProtocol,
    int backlog,
    AcceptedSockets sockets) {
  /** nginx's backlog on Linux. */
  public static final int DEFAULT_BACKLOG = 511;

  /** Plain HTTP/1.x with nginx's bounds. */
  public static final ListenerOptions PLAIN =
      new ListenerOptions(ListenerLimits.DEFAULT, null, false, false, DEFAULT_BACKLOG);

  /** Refuses a backlog that is not positive. */
  public ListenerOptions {
    if (backlog <= 0) {
      throw new IllegalArgumentException("backlog must be positive: " + backlog);
    }
  }

  /** With sockets as the system has them. */
  public ListenerOptions(
      ListenerLimits limits,
      @Nullable TlsServer tls,
      boolean http2,
      boolean proxyProtocol,
      int backlog) {
    this(limits, tls, http2, proxyProtocol, backlog, AcceptedSockets.SYSTEM);
  }
}
