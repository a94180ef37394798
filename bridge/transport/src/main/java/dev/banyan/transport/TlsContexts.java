package dev.banyan.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The TLS contexts of a listener, chosen by the name that the client asks for. Thread-safe. */
final class TlsContexts {
  /** The most contexts kept for what scripts decided; the one used longest ago goes first. */
  static final int MAX_SCRIPTED = 1_024;

  private final TlsServer server;
  private final boolean http2;
  private final TlsNames<Standard> names;
  private final Map<Terms, SslContext> scripted =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Terms, SslContext> eldest) {
          return size() > MAX_SCRIPTED;
        }
      };

  /** A configured certificate and its context; null for both where handshakes are refused. */
  private record Standard(@Nullable TlsIdentity identity, @Nullable SslContext context) {
    static final Standard REFUSED = new Standard(null, null);
  }

  /** What a context is made of; sessions are resumed among equal ones. */
  private record Terms(
      TlsIdentity identity, List<String> protocols, TlsHandshake.@Nullable ClientCheck check) {}

  TlsContexts(TlsServer server, boolean http2) {
    this.server = server;
    this.http2 = http2;
    List<Standard> all = new ArrayList<>();
    for (TlsServer.Certificate certificate : server.certificates()) {
      all.add(standard(certificate));
    }
    TlsServer.Refusal refusal = server.refusal();
    names = new TlsNames<>(refusal.others() ? Standard.REFUSED : all.getFirst());
    refusal.names().forEach(name -> names.put(name, Standard.REFUSED));
    for (int i = 0; i < all.size(); i++) {
      for (String name : server.certificates().get(i).names()) {
        names.put(name, all.get(i));
      }
    }
  }

  private Standard standard(TlsServer.Certificate certificate) {
    try {
      TlsIdentity identity = Pem.identity(certificate.chain(), certificate.key());
      return new Standard(identity, context(new Terms(identity, server.protocols(), null)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new TransportException(
          TransportException.Kind.TLS,
          false,
          "cannot load certificate \"%s\" with key \"%s\": %s"
              .formatted(certificate.chain(), certificate.key(), e.getMessage()),
          e);
    }
  }

  private SslContext context(Terms terms) throws SSLException {
    TlsIdentity identity = terms.identity;
    SslContextBuilder builder =
        SslContextBuilder.forServer(identity.key(), identity.certificates());
    if (!terms.protocols.isEmpty()) {
      builder.protocols(spoken(terms.protocols));
    }
    if (!server.ciphers().isEmpty()) {
      builder.ciphers(server.ciphers());
    }
    TlsHandshake.ClientCheck check = terms.check;
    Path authorities = server.clientCertificates();
    if (check != null && !check.authorities().isEmpty()) {
      builder.trustManager(check.authorities().toArray(X509Certificate[]::new));
    } else if (authorities != null) {
      builder.trustManager(authorities.toFile());
    }
    return builder
        .clientAuth(check == null ? clientAuth() : ClientAuth.OPTIONAL)
        .applicationProtocolConfig(alpn(http2))
        .build();
  }

  private ClientAuth clientAuth() {
    return switch (server.clientVerify()) {
      case OFF -> ClientAuth.NONE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
      case ON -> ClientAuth.REQUIRE;
    };
  }

  /** Those of the protocols that the JDK knows. */
  static List<String> spoken(List<String> protocols) {
    return protocols.stream().filter(protocol -> protocol.startsWith("TLS")).toList();
  }

  private static ApplicationProtocolConfig alpn(boolean http2) {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        http2 ? List.of("h2", "http/1.1") : List.of("http/1.1"));
  }

  @Nullable TlsScript script() {
    return server.script();
  }

  /** The context of the certificate that is configured for a name. */
  SslContext of(@Nullable String name) {
    SslContext context = names.find(name).context();
    if (context == null) {
      throw new IllegalStateException("a handshake that is refused has no context");
    }
    return context;
  }

  /** Whether a client that asks for a name is refused. */
  boolean refuses(@Nullable String name) {
    return names.find(name).context() == null;
  }

  /**
   * The context for what a script decided.
   *
   * @throws SSLException when there is no certificate with its key
   */
  SslContext of(TlsHandshake handshake) throws SSLException {
    Standard standard = names.find(handshake.serverName());
    SslContext configured = standard.context();
    TlsIdentity own = standard.identity();
    if (configured == null || own == null) {
      throw new SSLException("the server refuses handshakes");
    }
    if (handshake.plain()) {
      return configured;
    }
    TlsIdentity identity = handshake.identity(own);
    if (identity == null) {
      throw new SSLException("no certificate with its key was set");
    }
    List<String> protocols = handshake.protocols();
    Terms terms =
        new Terms(
            identity, protocols.isEmpty() ? server.protocols() : protocols, handshake.check());
    synchronized (scripted) {
      SslContext known = scripted.get(terms);
      if (known != null) {
        return known;
      }
    }
    SslContext made = context(terms);
    synchronized (scripted) {
      scripted.put(terms, made);
    }
    return made;
  }
}
