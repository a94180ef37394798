package dev.banyan.transport;

import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: outgoing TCP and UDP sockets of a worker, for cosockets. Calls park the
 * current fiber.
 *
 * <p>Addresses are {@link java.net.InetSocketAddress} (resolved) or {@link
 * java.net.UnixDomainSocketAddress}.
 */
public interface Sockets {
  /**
   * Opens a TCP or Unix stream.
   *
   * @throws TransportException {@code CONNECT} ("connection refused", …) or {@code TIMEOUT}
   */
  RawSocket connect(SocketAddress address, Duration timeout);

  /**
   * The pool of that name, created with these bounds when this worker has none yet.
   *
   * @param size idle connections it keeps; 0 for what the first to be kept says
   * @param backlog connects that wait while {@code size} connections are out; -1 for no such bound
   */
  SocketPool pool(String name, int size, int backlog);

  /** The pool of that name, or null when this worker has none: a pool ends with its last socket. */
  @Nullable SocketPool existingPool(String name);

  /**
   * Opens a UDP socket that talks to one peer.
   *
   * @throws TransportException {@code CONNECT}
   */
  UdpSocket udp(SocketAddress address);

  /** Closes all idle connections of all pools. Call it on the loop's thread. */
  void closeIdle();
}
