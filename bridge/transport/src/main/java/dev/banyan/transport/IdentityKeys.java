package dev.banyan.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** What the JDK's TLS takes keys and certificates from. */
final class IdentityKeys {
  private IdentityKeys() {}

  /** One certificate of each kind of key: the JDK takes the one that goes with the suite. */
  static KeyManagerFactory of(List<TlsIdentity> identities) throws SSLException {
    char[] password = {};
    try {
      KeyStore store = KeyStore.getInstance(JdkTls.KEY_STORE);
      store.load(null, null);
      for (TlsIdentity identity : identities) {
        String kind = identity.key().getAlgorithm(); // the later of a kind wins, as under nginx
        store.setKeyEntry(kind, identity.key(), password, identity.certificates());
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory;
    } catch (IOException | GeneralSecurityException e) {
      throw new SSLException(e);
    }
  }
}
