package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

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
    return new TransportException(
        TransportException.Kind.TLS, true, "handshake failed: " + cause.getMessage(), cause);
  }

  private static SslHandler handler(Channel channel, RawSocket.TlsClient options) {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient();
      if (!options.verify()) {
        builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      } else if (options.trustedCertificateFile() != null) {
        builder.trustManager(new File(options.trustedCertificateFile()));
      }
      if (options.certificateFile() != null && options.keyFile() != null) {
        builder.keyManager(new File(options.certificateFile()), new File(options.keyFile()));
      }
      SslContext context = builder.build();
      String name = options.serverName();
      SSLEngine engine =
          name != null && options.sendSni()
              ? context.newEngine(channel.alloc(), name, 443)
              : context.newEngine(channel.alloc());
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(
          options.verify() && name != null ? "HTTPS" : "");
      engine.setSSLParameters(parameters);
      return new SslHandler(engine);
    } catch (SSLException | IllegalArgumentException e) {
      throw failed(e);
    }
  }
}
