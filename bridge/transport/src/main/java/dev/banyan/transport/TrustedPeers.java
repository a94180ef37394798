package dev.banyan.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a server's chain against authorities, and says why one is refused in OpenSSL's words.
 */
final class TrustedPeers extends X509ExtendedTrustManager {
  private final ChainCheck check;
  private final @Nullable String name;

  private TrustedPeers(ChainCheck check, @Nullable String name) {
    this.check = check;
    this.name = name;
  }

  /** Trusts the authorities of a PEM file, or the JDK's own, and servers of the name alone. */
  static TrustedPeers of(RawSocket.TlsClient options) throws IOException, GeneralSecurityException {
    String file = options.trustedCertificateFile();
    String lists = options.revocationFile();
    ChainCheck check =
        new ChainCheck(
            file == null ? usual() : Pem.certificates(Files.readAllBytes(Path.of(file))),
            lists == null ? null : Pem.revocations(Files.readAllBytes(Path.of(lists))),
            options.verifyDepth(),
            ChainCheck.Purpose.SERVER,
            // only where authorities are named does nginx set its callback that goes on
            file == null ? ChainCheck.Told.FIRST : ChainCheck.Told.LAST);
    return new TrustedPeers(check, options.serverName());
  }

  private static List<X509Certificate> usual() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager rules) {
        return Arrays.asList(rules.getAcceptedIssuers());
      }
    }
    throw new GeneralSecurityException("this JDK verifies no X.509 certificates");
  }

  private void verify(X509Certificate[] chain) throws CertificateException {
    TrustError error = check.verify(List.of(chain), Instant.now());
    if (error != null) {
      throw new RefusedCertificate(error);
    }
    if (name != null && !HostCheck.matches(chain[0], name)) {
      throw new RefusedCertificate(null);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    verify(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    verify(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    verify(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException("servers are verified here, not clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException("servers are verified here, not clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException("servers are verified here, not clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
