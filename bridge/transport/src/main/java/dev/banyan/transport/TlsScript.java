package dev.banyan.transport;

/** Decides about a client's TLS handshake before it goes on. Thread-safe. */
@FunctionalInterface
public interface TlsScript {
  /**
   * Looks at a handshake and says what the server shows; runs in a fiber of the connection's loop
   * and may park it.
   *
   * @return whether the handshake goes on; false ends the connection with an alert
   */
  boolean decide(TlsHandshake handshake);
}
