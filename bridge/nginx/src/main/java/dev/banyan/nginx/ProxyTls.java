package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code proxy_ssl_*} settings: TLS towards upstreams. */
public record ProxyTls(
    @Nullable Template certificate,
    @Nullable Template certificateKey,
    List<String> protocols,
    String ciphers,
    @Nullable Template name,
    boolean serverName,
    boolean sessionReuse,
    boolean verify,
    int verifyDepth,
    @Nullable String trustedCertificate,
    @Nullable String revocations,
    @Nullable String passwordFile) {
  public ProxyTls {
    protocols = List.copyOf(protocols);
  }
}
