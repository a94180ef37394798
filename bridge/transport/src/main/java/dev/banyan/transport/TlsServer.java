package dev.banyan.transport;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TLS side of a listener.
 *
 * @param certificates the first is used for clients whose name none matches; at least one unless
 *     those are refused
 * @param refusal whose handshakes end in an alert
 * @param protocols of {@code TLSv1}, {@code TLSv1.1}, {@code TLSv1.2}, {@code TLSv1.3}; empty for
 *     nginx's default, {@code TLSv1.2} and {@code TLSv1.3} under today's JDK
 * @param ciphers names of JDK cipher suites; empty for the JDK's default
 * @param clientVerify whether clients are asked for a certificate
 * @param clientCertificates PEM file of the authorities of client certificates, or null
 * @param script asked about each handshake, or null
 */
public record TlsServer(
    List<Certificate> certificates,
    Refusal refusal,
    List<String> protocols,
    List<String> ciphers,
    ClientVerify clientVerify,
    @Nullable Path clientCertificates,
    @Nullable TlsScript script) {

  /** Copies the lists; refuses an empty list of certificates. */
  public TlsServer {
    certificates = List.copyOf(certificates);
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
    if (certificates.isEmpty() && !refusal.others()) {
      throw new IllegalArgumentException("no \"ssl_certificate\" is defined");
    }
  }

  /** Certificates by {@code ssl_certificate} alone, everything else nginx's default. */
  public static TlsServer of(List<Certificate> certificates) {
    return new TlsServer(
        certificates, Refusal.NONE, List.of(), List.of(), ClientVerify.OFF, null, null);
  }

  /**
   * ssl_reject_handshake: clients that are told at once that their name is not served here.
   *
   * @param names server names as in {@link Certificate}
   * @param others whether clients are refused whose name none matches
   */
  public record Refusal(List<String> names, boolean others) {
    /** Nobody is refused. */
    public static final Refusal NONE = new Refusal(List.of(), false);

    /** Copies the list. */
    public Refusal {
      names = List.copyOf(names);
    }
  }

  /** ssl_verify_client. */
  public enum ClientVerify {
    /** No certificate is asked for. */
    OFF,
    /** One is asked for and verified when it comes. */
    OPTIONAL,
    /** A connection without a valid one fails. */
    ON
  }

  /**
   * A certificate chain and its key, both PEM.
   *
   * @param names server names as in {@code server_name}: exact, {@code *.suffix} or {@code
   *     prefix.*}
   */
  public record Certificate(List<String> names, Path chain, Path key) {
    /** Copies the list. */
    public Certificate {
      names = List.copyOf(names);
    }
  }
}
