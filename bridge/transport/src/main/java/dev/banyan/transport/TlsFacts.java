package dev.banyan.transport;

import java.util.HexFormat;
import java.util.List;
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
    @Nullable Object attachment) {

  /**
   * A session.
   *
   * @param id its identity in hexadecimal, may be empty
   */
  public record Session(boolean reused, String id) {}

  /** The numbers of the suites and groups that a client offers, in its order. */
  @SuppressWarnings("ArrayRecordComponent") // they are kept for each connection: no boxes
  public record Offer(int[] suites, int[] groups) {
    static Offer of(ClientHello hello) {
      return new Offer(numbers(hello.suites()), numbers(hello.groups()));
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
        hello.attachment());
  }
}
