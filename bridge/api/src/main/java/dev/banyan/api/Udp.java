package dev.banyan.api;

import java.io.IOException;
import java.time.Duration;

/**
 * Capability: datagrams, which yield the request while it waits for one. In shadow the answer is
 * the one that the control got from the same place.
 */
public interface Udp {
  /**
   * Sends a datagram and waits for one from its receiver.
   *
   * @throws IOException when there is no answer, in time or at all
   */
  byte[] ask(String host, int port, byte[] datagram, Duration timeout) throws IOException;

  /**
   * Sends a datagram that has no answer.
   *
   * @throws IOException when it can't be sent
   */
  void send(String host, int port, byte[] datagram) throws IOException;
}
