package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ssl_*} settings of a server; null where nothing is configured.
 *
 * @param certificates certificates with their keys
 * @param revocations file of lists of revoked certificates
 */
public record TlsSettings(
    List<Certificate> certificates,
    List<String> protocols,
    String ciphers,
    boolean preferServerCiphers,
    List<String> curves,
    VerifyClient verifyClient,
    int verifyDepth,
    @Nullable String clientCertificate,
    @Nullable String trustedCertificate,
    @Nullable String revocations,
    @Nullable String passwordFile,
    String sessionCache,
    Duration sessionTimeout,
    boolean sessionTickets,
    boolean stapling,
    boolean rejectHandshake,
    @Nullable LuaHandler clientHelloHandler,
    @Nullable LuaHandler certificateHandler,
    @Nullable LuaHandler sessionFetchHandler,
    @Nullable LuaHandler sessionStoreHandler) {
  public TlsSettings {
    certificates = List.copyOf(certificates);
    protocols = List.copyOf(protocols);
    curves = List.copyOf(curves);
  }

  /** A certificate file and its key file. */
  public record Certificate(Template certificate, Template key) {}

  /** {@code ssl_verify_client}. */
  public enum VerifyClient {
    OFF,
    ON,
    OPTIONAL,
    OPTIONAL_NO_CA
  }
}
