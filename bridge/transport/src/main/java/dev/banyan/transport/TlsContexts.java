package dev.banyan.transport;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The TLS contexts of a listener, chosen by the name that the client asks for. Thread-safe. */
final class TlsContexts {
  private final Map<String, SslContext> byName = new HashMap<>();
  private final SslContext first;

  TlsContexts(TlsServer server, boolean http2) {
    SslContext fallback = null;
    for (TlsServer.Certificate certificate : server.certificates()) {
      SslContext context = context(server, certificate, http2);
      if (fallback == null) {
        fallback = context;
      }
      for (String name : certificate.names()) {
        byName.putIfAbsent(name.toLowerCase(Locale.ROOT), context);
      }
    }
    if (fallback == null) {
      throw new IllegalArgumentException("no \"ssl_certificate\" is defined");
    }
    first = fallback;
  }

  private static SslContext context(
      TlsServer server, TlsServer.Certificate certificate, boolean http2) {
    try {
      TlsIdentity identity = Pem.identity(certificate.chain(), certificate.key());
      SslContextBuilder builder =
          SslContextBuilder.forServer(identity.key(), identity.certificates());
      if (!server.protocols().isEmpty()) {
        builder.protocols(spoken(server.protocols()));
      }
      if (!server.ciphers().isEmpty()) {
        builder.ciphers(server.ciphers());
      }
      Path authorities = server.clientCertificates();
      if (authorities != null) {
        builder.trustManager(authorities.toFile());
      }
      builder.clientAuth(
          switch (server.clientVerify()) {
            case OFF -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case ON -> ClientAuth.REQUIRE;
          });
      builder.applicationProtocolConfig(alpn(http2));
      return builder.build();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new TransportException(
          TransportException.Kind.TLS,
          false,
          "cannot load certificate \"%s\" with key \"%s\": %s"
              .formatted(certificate.chain(), certificate.key(), e.getMessage()),
          e);
    }
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

  ChannelHandler serverHandler() {
    Mapping<String, SslContext> mapping = this::choose;
    return new SniHandler(mapping);
  }

  private SslContext choose(@Nullable String name) {
    if (name == null || byName.isEmpty()) {
      return first;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    SslContext exact = byName.get(lower);
    if (exact != null) {
      return exact;
    }
    for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
      SslContext wildcard = byName.get("*" + lower.substring(dot));
      if (wildcard != null) {
        return wildcard;
      }
    }
    for (int dot = lower.lastIndexOf('.'); dot > 0; dot = lower.lastIndexOf('.', dot - 1)) {
      SslContext wildcard = byName.get(lower.substring(0, dot) + ".*");
      if (wildcard != null) {
        return wildcard;
      }
    }
    return first;
  }

  static HttpExchange.TlsFacts facts(SSLSession session, @Nullable String serverName) {
    return new HttpExchange.TlsFacts(
        session.getProtocol(), session.getCipherSuite(), serverName, clientCertificate(session));
  }

  private static @Nullable String clientCertificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(chain[0].getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (SSLPeerUnverifiedException e) {
      return null; // the client showed none
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded can be encoded", e);
    }
  }
}
