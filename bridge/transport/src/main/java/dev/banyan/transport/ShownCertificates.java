package dev.banyan.transport;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes whatever certificate a client shows: as under nginx, the handshake goes on, {@link
 * ClientTrust} judges the chain when it is over, and a client that is refused reads why in a
 * response.
 */
final class ShownCertificates extends X509ExtendedTrustManager {
  private final List<X509Certificate> announced;

  /** Clients are told of these authorities. */
  ShownCertificates(List<X509Certificate> announced) {
    this.announced = List.copyOf(announced);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    // judged later
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    // judged later
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    // judged later
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException("a listener meets no servers");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException("a listener meets no servers");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException("a listener meets no servers");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return announced.toArray(X509Certificate[]::new);
  }
}
