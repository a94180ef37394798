package dev.banyan.gateway;

import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.ServerMatcher;
import dev.banyan.nginx.TlsSettings.VerifyClient;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.TlsFacts;
import dev.banyan.transport.TrustError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which requests a connection's TLS, or its lack, lets through to their server. */
final class TlsRules {
  private static final String HEADERS = " while reading client request headers";

  private TlsRules() {}

  /** The server that the handshake was for; null when its name, or the address, chooses none. */
  static @Nullable ServerConf negotiated(HttpExchange exchange, ServerMatcher servers) {
    String name = name(exchange);
    return name == null || servers.servers().size() == 1
        ? null
        : servers.find(name, new HandshakeVariables(name));
  }

  /** Whether a server that wants certificates is asked for over another one's handshake. */
  static boolean misdirects(HttpExchange exchange, @Nullable String host, ServerConf server) {
    return server.tls().verifyClient() != VerifyClient.OFF && !Objects.equals(host, name(exchange));
  }

  private static @Nullable String name(HttpExchange exchange) {
    TlsFacts tls = exchange.tls();
    String name = tls == null ? null : tls.sni();
    return name == null ? null : HostName.parse(name);
  }

  static int misdirected(Request r) {
    r.log(
        ErrorLog.INFO,
        "client attempted to request the server name different from the one that was negotiated"
            + HEADERS);
    return HttpStatus.MISDIRECTED;
  }

  /** What a request is refused with before its phases; 0 for nothing. */
  static int refusal(Request r) {
    HttpExchange exchange = r.client().exchange();
    TlsFacts tls = exchange.tls();
    if (tls == null) {
      return exchange.facts().plainToTls() ? plain(r, exchange) : 0;
    }
    VerifyClient wanted = r.server().tls().verifyClient();
    if (wanted == VerifyClient.OFF) {
      return 0;
    }
    TrustError error = tls.clientError();
    if (error != null && !(wanted == VerifyClient.OPTIONAL_NO_CA && error.authorityMissing())) {
      r.log(ErrorLog.INFO, "client SSL certificate verify error: (" + error + ")" + HEADERS);
      return HttpStatus.CERTIFICATE_ERROR;
    }
    if (wanted == VerifyClient.ON && tls.clientCertificate() == null) {
      r.log(ErrorLog.INFO, "client sent no required SSL certificate" + HEADERS);
      return HttpStatus.NO_CERTIFICATE;
    }
    return 0;
  }

  private static int plain(Request r, HttpExchange exchange) {
    String reading = exchange.version() == 9 ? " while reading client request line" : HEADERS;
    r.log(ErrorLog.INFO, "client sent plain HTTP request to HTTPS port" + reading);
    return HttpStatus.TO_HTTPS;
  }
}
