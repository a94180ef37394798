package dev.banyan.transport;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one side of a TLS connection shows: a chain, its own certificate first, and the key to it.
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
  /** Copies the chain; refuses an empty one. */
  public TlsIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one certificate");
    }
  }

  X509Certificate[] certificates() {
    return chain.toArray(X509Certificate[]::new);
  }
}
