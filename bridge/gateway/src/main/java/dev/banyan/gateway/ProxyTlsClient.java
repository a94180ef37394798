package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.ProxyTls;
import dev.banyan.nginx.script.Template;
import dev.banyan.transport.RawSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code proxy_ssl_*} settings for a handshake. */
final class ProxyTlsClient {
  private ProxyTlsClient() {}

  /**
   * What a handshake is made with.
   *
   * @param chosen the name that a balancer has set; null for the configured one
   */
  static RawSocket.TlsClient of(
      Request r, ProxyTls tls, ProxyTarget target, @Nullable String chosen) {
    String name = chosen == null ? name(r, tls, target) : chosen;
    boolean literal = Addresses.literal(new HostPort(name, target.server().port())) != null;
    return new RawSocket.TlsClient(
        name,
        tls.verify(),
        tls.serverName() && !name.isEmpty() && !literal,
        tls.trustedCertificate(),
        tls.revocations(),
        tls.verifyDepth(),
        text(r, tls.certificate()),
        text(r, tls.certificateKey()),
        tls.passwordFile(),
        null,
        tls.sessionReuse(),
        tls.protocols(),
        tls.ciphers(),
        List.of());
  }

  /** The name that the server is asked for by, and that its certificate is to have. */
  static String name(Request r, ProxyTls tls, ProxyTarget target) {
    Template name = tls.name();
    String text = name == null ? target.server().host() : name.evaluate(r);
    int port = text.startsWith("[") ? -1 : text.indexOf(':'); // it may be the Host field's
    return port < 0 ? text : text.substring(0, port);
  }

  private static @Nullable String text(Request r, @Nullable Template template) {
    return template == null ? null : template.evaluate(r);
  }
}
