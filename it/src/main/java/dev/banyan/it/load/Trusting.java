package dev.banyan.it.load;

import dev.banyan.it.load.Scene.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;

/** TLS for clients that load servers of this run: certificates are not checked. */
final class Trusting {
  private Trusting() {}

  static SslContext context(Protocol protocol) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE);
    if (protocol == Protocol.H2) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2));
    }
    return builder.build();
  }
}
