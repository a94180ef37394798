package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: TLS contexts for connections to servers. One is kept for each way to connect,
 * as only within one context sessions are resumed, until one of its files changes.
 */
final class ClientContexts {
  static {
    JdkTls.prepare();
  }

  /** The most contexts kept; the one used longest ago goes first. */
  static final int MAX = 256;

  private static final AttributeKey<ClientContexts> KEY = AttributeKey.valueOf("tls-contexts");

  private final Map<RawSocket.TlsClient, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RawSocket.TlsClient, Known> eldest) {
          return size() > MAX;
        }
      };

  private record Known(SslContext context, long written) {}

  /** Those of the loop that opened a channel to a server. */
  static ClientContexts at(Channel channel) {
    ClientContexts contexts = channel.attr(KEY).get();
    return contexts == null ? new ClientContexts() : contexts;
  }

  /** Has a channel find these. */
  void serve(Channel channel) {
    channel.attr(KEY).set(this);
  }

  SslContext of(RawSocket.TlsClient options) throws IOException, GeneralSecurityException {
    long written = written(options);
    Known before = known.get(options);
    if (before != null && before.written == written) {
      return before.context;
    }
    SslContext made = make(options);
    known.put(options, new Known(made, written));
    return made;
  }

  /** When the youngest of the files was written. */
  private static long written(RawSocket.TlsClient options) throws IOException {
    long youngest = 0;
    for (String file :
        Stream.of(
                options.trustedCertificateFile(),
                options.revocationFile(),
                options.certificateFile(),
                options.keyFile())
            .filter(name -> name != null)
            .toList()) {
      youngest = Math.max(youngest, Files.getLastModifiedTime(Path.of(file)).toMillis());
    }
    return youngest;
  }

  private static SslContext make(RawSocket.TlsClient options)
      throws IOException, GeneralSecurityException {
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (options.verify()) {
      builder.trustManager(TrustedPeers.of(options));
    } else {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    }
    TlsIdentity identity = identity(options);
    if (identity != null) {
      builder.keyManager(IdentityKeys.of(List.of(identity)));
    }
    if (!options.protocols().isEmpty()) {
      builder.protocols(TlsContexts.spoken(options.protocols()));
    }
    if (!options.ciphers().equals(RawSocket.TlsClient.ANY_CIPHERS)) {
      builder.ciphers(selected(options.ciphers()), SupportedCipherSuiteFilter.INSTANCE);
    }
    return builder.build();
  }

  private static List<String> selected(String ciphers) throws GeneralSecurityException {
    try {
      return CipherSuites.selected(ciphers);
    } catch (IllegalArgumentException none) {
      throw new GeneralSecurityException(none.getMessage(), none);
    }
  }

  private static @Nullable TlsIdentity identity(RawSocket.TlsClient options)
      throws IOException, GeneralSecurityException {
    if (options.identity() != null) {
      return options.identity();
    }
    String passwords = options.passwordFile();
    return options.certificateFile() == null || options.keyFile() == null
        ? null
        : Pem.identity(
            Path.of(options.certificateFile()),
            Path.of(options.keyFile()),
            passwords == null ? null : Path.of(passwords));
  }
}
