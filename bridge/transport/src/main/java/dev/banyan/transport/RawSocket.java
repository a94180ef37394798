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

  /** What the system says of an option: 0 or 1 of a switch, octets of a buffer. */
  int option(Option option);

  /** Sets an option of the system's socket; one that its kind of socket hasn't got stays unset. */
  void option(Option option, int value);

  /** Options of the system's socket. */
  enum Option {
    KEEPALIVE,
    REUSEADDR,
    TCP_NODELAY,
    SNDBUF,
    RCVBUF
  }

  /**
   * What a TLS handshake needs.
   *
   * @param trustedCertificateFile authorities in PEM; null for the JDK's own
   * @param revocationFile lists of revoked certificates in PEM; null for no look
   * @param verifyDepth the most authorities between the server's certificate and a trusted one
   * @param certificateFile the own chain in PEM, with its key in {@code keyFile}; null for none
   * @param passwordFile passwords for the key, one a line, or null
   * @param identity the own chain and key; wins over the files
   * @param resume whether a session that is kept may be resumed
   * @param protocols those that may be spoken; empty for the JDK's choice
   * @param ciphers OpenSSL's text that selects and orders suites up to TLS 1.2; {@link
   *     #ANY_CIPHERS} for the JDK's choice
   * @param applications the protocols that are offered to be spoken under TLS; empty for no word
   */
  record TlsClient(
      @Nullable String serverName,
      boolean verify,
      boolean sendSni,
      @Nullable String trustedCertificateFile,
      @Nullable String revocationFile,
      int verifyDepth,
      @Nullable String certificateFile,
      @Nullable String keyFile,
      @Nullable String passwordFile,
      @Nullable TlsIdentity identity,
      boolean resume,
      List<String> protocols,
      String ciphers,
      List<String> applications) {
    /** The text that selects all that can be had. */
    public static final String ANY_CIPHERS = "DEFAULT";

    /** Copies the lists. */
    public TlsClient {
      protocols = List.copyOf(protocols);
      applications = List.copyOf(applications);
    }

    /** The same, which offers one protocol to be spoken under TLS. */
    public TlsClient offering(String application) {
      return new TlsClient(
          serverName,
          verify,
          sendSni,
          trustedCertificateFile,
          revocationFile,
          verifyDepth,
          certificateFile,
          keyFile,
          passwordFile,
          identity,
          resume,
          protocols,
          ciphers,
          List.of(application));
    }

    /** A client that shows nothing and trusts what the JDK trusts, or everybody. */
    public static TlsClient of(String serverName, boolean verify) {
      return new TlsClient(
          serverName,
          verify,
          true,
          null,
          null,
          1,
          null,
          null,
          null,
          null,
          true,
          List.of(),
          ANY_CIPHERS,
          List.of());
    }
  }

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
