package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

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
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof RefusedCertificate refused) {
        String reason = String.valueOf(refused.getMessage());
        return new TransportException(TransportException.Kind.TLS, true, reason, refused);
      }
    }
    String reason = "handshake failed: " + cause.getMessage();
    return new TransportException(TransportException.Kind.TLS, true, reason, cause);
  }

  private static SslHandler handler(Channel channel, RawSocket.TlsClient options) {
    try {
      SslContext context = ClientContexts.at(channel).of(options);
      String name = options.serverName();
      SSLEngine engine =
          name == null || !options.resume()
              ? context.newEngine(channel.alloc())
              : context.newEngine(channel.alloc(), name, port(channel));
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(
          options.sendSni() && name != null ? List.of(new AskedName(name)) : List.of());
      parameters.setApplicationProtocols(options.applications().toArray(String[]::new));
      parameters.setEndpointIdentificationAlgorithm(""); // TrustedPeers looks at the name
      engine.setSSLParameters(parameters);
      SslHandler handler = new SslHandler(engine);
      handler.setHandshakeTimeoutMillis(0); // the caller waits as long as it wants
      return handler;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw failed(e);
    }
  }

  /** A server name as it is: the JDK's own type takes none with an underscore, which many have. */
  private static final class AskedName extends SNIServerName {
    AskedName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** Tells servers apart where sessions are kept. */
  private static int port(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }
}
