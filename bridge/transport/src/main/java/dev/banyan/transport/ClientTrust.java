package dev.banyan.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Whose certificates of clients are trusted, read from files or given by a script. Immutable. */
record ClientTrust(List<X509Certificate> announced, ChainCheck check) {
  static ClientTrust of(TlsServer.Clients clients) throws IOException, GeneralSecurityException {
    List<X509Certificate> announced = read(clients.authorities());
    List<X509Certificate> trusted = new ArrayList<>(announced);
    trusted.addAll(read(clients.trusted()));
    Path lists = clients.revocations();
    return new ClientTrust(
        announced,
        new ChainCheck(
            trusted,
            lists == null ? null : Pem.revocations(Files.readAllBytes(lists)),
            clients.depth(),
            ChainCheck.Purpose.CLIENT,
            ChainCheck.Told.LAST));
  }

  /** What a script wants. */
  static ClientTrust of(List<X509Certificate> authorities, int depth) {
    return new ClientTrust(
        authorities,
        new ChainCheck(authorities, null, depth, ChainCheck.Purpose.CLIENT, ChainCheck.Told.LAST));
  }

  private static List<X509Certificate> read(@Nullable Path file)
      throws IOException, GeneralSecurityException {
    return file == null ? List.of() : Pem.certificates(Files.readAllBytes(file));
  }

  /** Why a client's certificate is not trusted; null when it is, or when it showed none. */
  @Nullable TrustError judge(SSLSession session) {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : session.getPeerCertificates()) {
        if (certificate instanceof X509Certificate one) {
          chain.add(one);
        }
      }
      return check.verify(chain, Instant.now());
    } catch (SSLPeerUnverifiedException e) {
      return null; // the client showed none
    }
  }
}
