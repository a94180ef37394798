package dev.banyan.transport;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: a TCP (or TLS) byte stream for cosockets and upgrades. All calls park the
 * current fiber at most.
 */
public interface RawSocket {
  /** The bytes that are buffered and the bytes that come: see {@link #fill}. */
  ReadBuffer buffered();

  /**
   * Parks until at least one more byte is buffered.
   *
   * @return false when the peer has closed and no byte will come
   * @throws TransportException {@code TIMEOUT}, {@code CLOSED} (reset)
   */
  boolean fill(Duration timeout);

  /** Sends the pieces in order and parks until the socket took them. */
  void send(List<byte[]> pieces, Duration timeout);

  /** Starts TLS on this connection as its client. */
  void handshake(TlsClient options, Duration timeout);

  /** Closes it. Idempotent. */
  void close();

  /** Whether it can still be used (not closed by us; peer's close not yet seen). */
  boolean isOpen();

  /** Whether unread bytes wait, or the peer closed: such a connection must not be pooled. */
  boolean dirty();

  /** How often it was taken from a pool. */
  int reusedTimes();

  /** What a TLS handshake needs. */
  record TlsClient(
      @Nullable String serverName,
      boolean verify,
      boolean sendSni,
      @Nullable String trustedCertificateFile,
      @Nullable String certificateFile,
      @Nullable String keyFile) {}

  /** The received bytes that nobody has taken yet. */
  interface ReadBuffer {
    /** How many bytes are there. */
    int size();

    /** The byte at {@code index} from the first untaken one, 0–255. */
    int at(int index);

    /** Position of {@code octet} at or after {@code from}, or -1. */
    int indexOf(int octet, int from);

    /** Takes the first {@code count} bytes. */
    byte[] take(int count);
  }
}
