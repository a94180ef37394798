package dev.banyan.gateway;

import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.ProxyTls;
import dev.banyan.nginx.script.Template;
import dev.banyan.transport.RawSocket;
import org.jspecify.annotations.Nullable;

/** The {@code proxy_ssl_*} settings for a handshake. */
final class ProxyTlsClient {
  private ProxyTlsClient() {}

  static RawSocket.TlsClient of(Request r, ProxyTarget target) {
    ProxyTls tls = r.location().proxy().tls();
    Template name = tls.name();
    return new RawSocket.TlsClient(
        name == null ? target.server().host() : name.evaluate(r),
        tls.verify(),
        tls.serverName(),
        tls.trustedCertificate(),
        tls.verifyDepth(),
        text(r, tls.certificate()),
        text(r, tls.certificateKey()),
        null,
        tls.protocols());
  }

  private static @Nullable String text(Request r, @Nullable Template template) {
    return template == null ? null : template.evaluate(r);
  }
}
