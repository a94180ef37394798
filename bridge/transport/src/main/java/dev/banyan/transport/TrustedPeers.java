package dev.banyan.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a server's chain against authorities, and says why one is refused in OpenSSL's words.
 */
final class TrustedPeers extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager rules;

  /** A chain that was refused, with the reason as OpenSSL gives it. */
  static final class Refused extends CertificateException {
    private static final long serialVersionUID = 1;

    Refused(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private TrustedPeers(X509ExtendedTrustManager rules) {
    this.rules = rules;
  }

  /**
   * Trusts the authorities of a PEM file, or the JDK's own.
   *
   * @param depth the most authorities between the server's certificate and a trusted one
   */
  static TrustedPeers of(@Nullable Path authorities, int depth)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    if (authorities == null) {
      factory.init((KeyStore) null);
    } else {
      Set<TrustAnchor> anchors =
          Pem.certificates(Files.readAllBytes(authorities)).stream()
              .map(certificate -> new TrustAnchor(certificate, null))
              .collect(Collectors.toSet());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
      parameters.setRevocationEnabled(false);
      parameters.setMaxPathLength(depth);
      factory.init(new CertPathTrustManagerParameters(parameters));
    }
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager rules) {
        return new TrustedPeers(rules);
      }
    }
    throw new GeneralSecurityException("this JDK verifies no X.509 certificates");
  }

  private static Refused refused(X509Certificate[] chain, CertificateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return new Refused("10: certificate has expired", e);
      }
      String text = String.valueOf(cause.getMessage());
      if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
        return new Refused("certificate host mismatch", e);
      }
    }
    X509Certificate own = chain[0];
    boolean alone = own.getIssuerX500Principal().equals(own.getSubjectX500Principal());
    return new Refused(
        alone ? "18: self-signed certificate" : "20: unable to get local issuer certificate", e);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      rules.checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw refused(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    rules.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    rules.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    rules.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    rules.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    rules.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return rules.getAcceptedIssuers();
  }
}
