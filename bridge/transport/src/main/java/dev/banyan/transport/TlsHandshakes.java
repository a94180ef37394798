package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Client-side TLS on a channel that is connected already. */
final class TlsHandshakes {
  private TlsHandshakes() {}

  static void client(Channel channel, RawSocket.TlsClient options, Duration timeout) {
    SslHandler handler = handler(channel, options);
    channel.pipeline().addFirst("tls", handler);
    Promise<Boolean> done = new Promise<>();
    handler
        .handshakeFuture()
        .addListener(future -> {
          if (future.isSuccess()) {
            done.complete(true);
          } else {
            Throwable cause = future.cause();
            done.fail(failed(cause));
          }
        });
    channel.read();
    try {
      done.await(timeout);
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, true, "timeout", e);
    }
  }

  private static TransportException failed(Throwable cause) {
    String reason = "handshake failed: " + cause.getMessage();
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof TrustedPeers.Refused refused) {
        reason = String.valueOf(refused.getMessage());
      }
    }
    return new TransportException(TransportException.Kind.TLS, true, reason, cause);
  }

  private static SslHandler handler(Channel channel, RawSocket.TlsClient options) {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient();
      trust(builder, options);
      TlsIdentity identity = identity(options);
      if (identity != null) {
        builder.keyManager(identity.key(), identity.certificates());
      }
      if (!options.protocols().isEmpty()) {
        builder.protocols(TlsContexts.spoken(options.protocols()));
      }
      SslContext context = builder.build();
      String name = options.serverName();
      SSLEngine engine =
          name == null
              ? context.newEngine(channel.alloc())
              : context.newEngine(channel.alloc(), name, 443);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(
          options.sendSni()
                  && name != null
                  && !NetUtil.isValidIpV4Address(name)
                  && !NetUtil.isValidIpV6Address(name)
              ? List.of(new SNIHostName(name))
              : List.of());
      parameters.setEndpointIdentificationAlgorithm(
          options.verify() && name != null ? "HTTPS" : "");
      engine.setSSLParameters(parameters);
      return new SslHandler(engine);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw failed(e);
    }
  }

  private static void trust(SslContextBuilder builder, RawSocket.TlsClient options)
      throws IOException, GeneralSecurityException {
    if (!options.verify()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      return;
    }
    String file = options.trustedCertificateFile();
    builder.trustManager(
        TrustedPeers.of(file == null ? null : Path.of(file), options.verifyDepth()));
  }

  private static @Nullable TlsIdentity identity(RawSocket.TlsClient options)
      throws IOException, GeneralSecurityException {
    if (options.identity() != null) {
      return options.identity();
    }
    return options.certificateFile() == null || options.keyFile() == null
        ? null
        : Pem.identity(Path.of(options.certificateFile()), Path.of(options.keyFile()));
  }
}
