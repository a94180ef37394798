package dev.banyan.transport;

/** What the JDK's TLS is told before it is first used; it never looks again. */
final class JdkTls {
  private static final String IGNORED = "jdk.tls.server.disableExtensions";

  private JdkTls() {}

  /**
   * Has the JDK leave server names alone: it ends handshakes that ask for a name with an
   * underscore, and {@link HelloHandler} has read the name and chosen by it before.
   */
  static void prepare() {
    if (System.getProperty(IGNORED) == null) {
      System.setProperty(IGNORED, "server_name");
    }
  }
}
