package dev.banyan.api;

import java.io.IOException;
import java.time.Duration;

/**
 * Capability: TCP connections that yield the request while they wait. In shadow a connection gives
 * what the control's connection to the same place gave.
 */
@FunctionalInterface
public interface Tcp {
  /**
   * Connects.
   *
   * @param timeout for each of connecting, sending and receiving
   * @throws IOException when there is no connection, in time or at all
   */
  Connection connect(String host, int port, Duration timeout) throws IOException;

  /** Owned by one call: a connection, which ends with the call at the latest. */
  interface Connection extends AutoCloseable {
    /**
     * Sends octets and waits until they are on their way.
     *
     * @throws IOException when the connection is closed or the time is over
     */
    void send(byte[] octets) throws IOException;

    /**
     * Waits for octets: at least one and at most {@code max}, none at the peer's end.
     *
     * @throws IOException when the connection is broken or the time is over
     */
    byte[] receive(int max) throws IOException;

    @Override
    void close();
  }
}
