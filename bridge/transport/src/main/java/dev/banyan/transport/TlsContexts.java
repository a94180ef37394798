package dev.banyan.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The TLS contexts of a listener, chosen by the name that the client asks for. Thread-safe. */
final class TlsContexts {
  /** The most contexts kept for what scripts decided; the one used longest ago goes first. */
  static final int MAX_SCRIPTED = 1_024;

  /** nginx's, of ssl_verify_depth. */
  private static final int DEFAULT_DEPTH = 1;

  private static final List<String> HTTP_1 = List.of("http/1.1", "http/1.0", "http/0.9");
  private static final List<String> HTTP_2 = List.of("h2", "http/1.1", "http/1.0", "http/0.9");

  static {
    JdkTls.prepare();
  }

  private final TlsServer server;
  private final boolean http2;
  private final List<Standard> standards = new ArrayList<>();
  private final Map<Terms, SslContext> scripted =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Terms, SslContext> eldest) {
          return size() > MAX_SCRIPTED;
        }
      };

  /** What is configured for a site; a null context where each handshake is looked at first. */
  private record Standard(
      TlsServer.Site site,
      List<TlsIdentity> identities,
      @Nullable ClientTrust trust,
      @Nullable SslContext context) {}

  /** What a context is made of; sessions are resumed among equal ones. */
  private record Terms(
      List<TlsIdentity> identities,
      List<String> protocols,
      String ciphers,
      @Nullable ClientTrust trust) {}

  /** What a connection gets, with whom it trusts, if clients are asked at all. */
  record Chosen(SslContext context, TlsServer.Suites suites, @Nullable ClientTrust trust) {}

  TlsContexts(TlsServer server, boolean http2) {
    this.server = server;
    this.http2 = http2;
    for (TlsServer.Site site : server.sites()) {
      boolean shared = site.empty() && !standards.isEmpty();
      standards.add(shared ? standards.getFirst() : standard(site));
    }
  }

  private Standard standard(TlsServer.Site site) {
    try {
      List<TlsIdentity> identities =
          site.certificates().stream().map(TlsContexts::identity).toList();
      TlsServer.Clients clients = site.clients();
      ClientTrust trust = clients == null ? null : ClientTrust.of(clients);
      Terms terms = new Terms(identities, server.protocols(), site.suites().ciphers(), trust);
      boolean later = site.refuses() || site.named() != null;
      return new Standard(site, identities, trust, later ? null : context(terms));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new TransportException(
          TransportException.Kind.TLS, false, String.valueOf(e.getMessage()), e);
    }
  }

  private static TlsIdentity identity(TlsServer.Certificate certificate) {
    try {
      return Pem.identity(certificate.chain(), certificate.key(), certificate.passwords());
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
    SslContextBuilder builder =
        SslContextBuilder.forServer(IdentityKeys.of(terms.identities))
            .ciphers(CipherSuites.selected(terms.ciphers), SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(alpn());
    if (!terms.protocols.isEmpty()) {
      builder.protocols(spoken(terms.protocols));
    }
    ClientTrust trust = terms.trust;
    // without one the JDK reads all the authorities of the world, for clients that nobody asks
    builder.trustManager(new ShownCertificates(trust == null ? List.of() : trust.announced()));
    if (trust != null) {
      builder.clientAuth(ClientAuth.OPTIONAL);
    }
    return builder.build();
  }

  /** Those of the protocols that the JDK knows. */
  static List<String> spoken(List<String> protocols) {
    return protocols.stream().filter(protocol -> protocol.startsWith("TLS")).toList();
  }

  private ApplicationProtocolConfig alpn() {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        http2 ? HTTP_2 : HTTP_1);
  }

  @Nullable TlsScript script() {
    return server.script();
  }

  private Standard find(@Nullable String name) {
    String small = name == null ? null : name.toLowerCase(Locale.ROOT);
    return standards.get(server.choice().site(small));
  }

  /** Whether a client that asks for a name is refused. */
  boolean refuses(@Nullable String name) {
    return find(name).site().refuses();
  }

  /**
   * What is configured for a name that is not refused.
   *
   * @throws SSLException when certificates that the name decides about can't be used
   */
  Chosen of(@Nullable String name) throws SSLException {
    Standard standard = find(name);
    SslContext context = standard.context();
    if (context == null) {
      context =
          made(
              new Terms(
                  identities(standard, name),
                  server.protocols(),
                  standard.site().suites().ciphers(),
                  standard.trust()));
    }
    return new Chosen(context, standard.site().suites(), standard.trust());
  }

  /** The configured ones; of files with variables in their names, which are read each time. */
  private static List<TlsIdentity> identities(Standard standard, @Nullable String name)
      throws SSLException {
    TlsServer.Named named = standard.site().named();
    if (named == null) {
      return standard.identities();
    }
    try {
      return named.certificates(name).stream().map(TlsContexts::identity).toList();
    } catch (TransportException | IllegalArgumentException e) {
      throw new SSLException(e);
    }
  }

  /**
   * What a script decided.
   *
   * @throws SSLException when there is no certificate with its key
   */
  Chosen of(TlsHandshake handshake) throws SSLException {
    Standard standard = find(handshake.serverName());
    if (standard.site().refuses()) {
      throw new SSLException("the server refuses handshakes");
    }
    if (handshake.plain()) {
      return of(handshake.serverName());
    }
    List<TlsIdentity> identities =
        handshake.identities(identities(standard, handshake.serverName()));
    if (identities.isEmpty()) {
      throw new SSLException("no certificate with its key was set");
    }
    List<String> protocols = handshake.protocols();
    ClientTrust trust = trust(standard, handshake.check());
    Terms terms =
        new Terms(
            identities,
            protocols.isEmpty() ? server.protocols() : protocols,
            standard.site().suites().ciphers(),
            trust);
    return new Chosen(made(terms), standard.site().suites(), trust);
  }

  private static @Nullable ClientTrust trust(
      Standard standard, TlsHandshake.@Nullable ClientCheck check) {
    if (check == null) {
      return standard.trust();
    }
    ClientTrust configured = standard.trust();
    return check.authorities().isEmpty() && configured != null
        ? configured
        : ClientTrust.of(check.authorities(), check.depth() < 0 ? DEFAULT_DEPTH : check.depth());
  }

  private SslContext made(Terms terms) throws SSLException {
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
