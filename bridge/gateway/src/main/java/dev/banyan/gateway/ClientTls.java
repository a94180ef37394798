package dev.banyan.gateway;

import dev.banyan.lua.ngx.TlsHost;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.TlsFacts;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a request's connection, whose handshake is over. */
record ClientTls(HttpExchange exchange) implements TlsHost {
  private static final int SSL_3 = 0x0300;

  @Override
  public boolean secure() {
    return exchange.tls() != null;
  }

  @Override
  public @Nullable String serverName() {
    TlsFacts facts = exchange.tls();
    return facts == null ? null : facts.sni();
  }

  @Override
  public InetSocketAddress local() {
    return exchange.local();
  }

  @Override
  public InetSocketAddress remote() {
    return exchange.remote();
  }

  @Override
  public int version() {
    TlsFacts facts = exchange.tls();
    return switch (facts == null ? "" : facts.protocol()) {
      case "TLSv1" -> SSL_3 + 1;
      case "TLSv1.1" -> SSL_3 + 2;
      case "TLSv1.2" -> SSL_3 + 3;
      case "TLSv1.3" -> SSL_3 + 4;
      default -> SSL_3;
    };
  }

  @Override
  public byte[] clientRandom() {
    TlsFacts facts = exchange.tls();
    return facts == null ? new byte[0] : facts.offer().random().clone();
  }

  @Override
  public byte @Nullable [] export(String label, byte @Nullable [] context, int length) {
    TlsFacts facts = exchange.tls();
    return facts == null ? null : facts.exporter().export(label, context, length);
  }

  @Override
  public @Nullable Handshake handshake() {
    return null;
  }
}
