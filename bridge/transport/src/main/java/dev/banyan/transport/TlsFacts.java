package dev.banyan.transport;

import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what is known of a client's TLS session.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipher OpenSSL's name of the cipher suite
 * @param sni the server name that the client asked for, or null
 * @param clientCertificate what the client showed, as PEM; null when it showed none
 * @param clientError why that is not trusted; null when it is, and without one
 * @param session whether the session is new, and its identity
 * @param alpn the protocol that was agreed on, or null
 * @param group the group of the key exchange as OpenSSL names it, or null
 * @param offer what the client could have spoken
 * @param exporter what makes octets of the session's secret
 * @param attachment what a {@link TlsScript} left for the connection's requests, or null
 */
public record TlsFacts(
    String protocol,
    String cipher,
    @Nullable String sni,
    @Nullable String clientCertificate,
    @Nullable TrustError clientError,
    Session session,
    @Nullable String alpn,
    @Nullable String group,
    Offer offer,
    Exporter exporter,
    @Nullable Object attachment) {

  /** Octets that both ends of a session can make, and nobody between them (RFC 5705). */
  @FunctionalInterface
  public interface Exporter {
    /** So many octets for a label; null where the session has none. */
    byte @Nullable [] export(String label, byte @Nullable [] context, int length);

    /** That of a session. */
    static Exporter of(SSLSession session) {
      return (label, context, length) -> {
        if (!(session instanceof ExtendedSSLSession extended)) {
          return null;
        }
        try {
          return extended.exportKeyingMaterialData(label, context, length);
        } catch (SSLKeyException | UnsupportedOperationException | IllegalArgumentException e) {
          return null; // as OpenSSL tells it, without a reason
        }
      };
    }
  }

  /**
   * A session.
   *
   * @param id its identity in hexadecimal, may be empty
   */
  public record Session(boolean reused, String id) {}

  /** The numbers of the suites and groups that a client offers, in its order, and its random. */
  @SuppressWarnings("ArrayRecordComponent") // they are kept for each connection: no boxes
  public record Offer(int[] suites, int[] groups, byte[] random) {
    static Offer of(ClientHello hello) {
      return new Offer(numbers(hello.suites()), numbers(hello.groups()), hello.random());
    }

    private static int[] numbers(List<Integer> list) {
      return list.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  static TlsFacts of(
      SSLSession session, HelloHandler hello, ServerHello answer, @Nullable String alpn) {
    ClientTrust trust = hello.chosen().trust();
    return new TlsFacts(
        session.getProtocol(),
        CipherSuites.name(session.getCipherSuite()),
        hello.serverName(),
        Pem.clientCertificate(session),
        trust == null ? null : trust.judge(session),
        new Session(
            answer.resumes(hello.hello().session()), HexFormat.of().formatHex(session.getId())),
        alpn,
        CipherSuites.group(answer.group()),
        Offer.of(hello.hello()),
        Exporter.of(session),
        hello.attachment());
  }
}
