package dev.banyan.transport;

import java.time.Duration;
import java.util.List;

/** Owned by one loop: a UDP socket that talks to one peer. */
public interface UdpSocket {
  /** Sends one datagram made of the pieces. */
  void send(List<byte[]> pieces);

  /**
   * Parks until a datagram is there; what is longer than {@code max} is cut.
   *
   * @throws TransportException {@code TIMEOUT}, {@code CONNECT} ("connection refused"), {@code
   *     CLOSED}
   */
  byte[] receive(int max, Duration timeout);

  /** Closes it. Idempotent. */
  void close();
}
