package dev.banyan.transport;

import java.security.Security;

/** What the JDK's TLS is told before it is first used; it never looks again. */
final class JdkTls {
  /**
   * The kind of key store for keys that live in memory alone. The JDK's older format scrambles
   * them; PKCS #12, its default, encrypts each with ten thousand rounds of a hash and takes as many
   * to have it back: a second of a start, and of an event loop where a script chooses a
   * certificate. Files of either format are read all the same (java.security,
   * keystore.type.compat).
   */
  static final String KEY_STORE = "jks";

  private static final String IGNORED = "jdk.tls.server.disableExtensions";

  private JdkTls() {}

  /**
   * Has the JDK leave server names alone: it ends handshakes that ask for a name with an
   * underscore, and {@link HelloHandler} has read the name and chosen by it before. And has Netty,
   * which tries a key store out before its first context, try a cheap one.
   */
  static void prepare() {
    if (System.getProperty(IGNORED) == null) {
      System.setProperty(IGNORED, "server_name");
    }
    Security.setProperty("keystore.type", KEY_STORE);
  }
}
