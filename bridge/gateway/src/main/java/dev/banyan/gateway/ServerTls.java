package dev.banyan.gateway;

import dev.banyan.nginx.Listener;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.ServerName;
import dev.banyan.nginx.TlsSettings;
import dev.banyan.transport.TlsServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code ssl_*} settings of the servers behind a listener. */
final class ServerTls {
  private ServerTls() {}

  static TlsServer of(Listener listener, Handshakes handshakes) {
    ServerConf standard = listener.servers().defaultServer();
    List<TlsServer.Certificate> certificates = new ArrayList<>(certificates(standard));
    for (ServerConf server : listener.allServers()) {
      if (!server.equals(standard)) {
        certificates.addAll(certificates(server));
      }
    }
    TlsServer.Refusal refusal = refusal(listener);
    if (certificates.isEmpty() && !refusal.others()) {
      throw new GatewayException(
          "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive in "
              + listener.listen().file()
              + ":"
              + listener.listen().line());
    }
    TlsSettings tls = standard.tls();
    String authorities = tls.clientCertificate();
    return new TlsServer(
        certificates,
        refusal,
        tls.protocols(),
        List.of(),
        switch (tls.verifyClient()) {
          case OFF -> TlsServer.ClientVerify.OFF;
          case ON -> TlsServer.ClientVerify.ON;
          case OPTIONAL, OPTIONAL_NO_CA -> TlsServer.ClientVerify.OPTIONAL;
        },
        authorities == null ? null : Path.of(authorities),
        listener.allServers().stream().anyMatch(ServerTls::scripted) ? handshakes : null);
  }

  private static TlsServer.Refusal refusal(Listener listener) {
    List<String> names = new ArrayList<>();
    for (ServerConf server : listener.allServers()) {
      if (server.tls().rejectHandshake()) {
        names.addAll(names(server));
      }
    }
    return new TlsServer.Refusal(names, listener.servers().defaultServer().tls().rejectHandshake());
  }

  private static List<String> names(ServerConf server) {
    return server.names().stream().map(ServerName::text).filter(n -> !n.isEmpty()).toList();
  }

  private static boolean scripted(ServerConf server) {
    TlsSettings tls = server.tls();
    return tls.clientHelloHandler() != null || tls.certificateHandler() != null;
  }

  private static List<TlsServer.Certificate> certificates(ServerConf server) {
    List<String> names = names(server);
    return server.tls().certificates().stream()
        .map(c ->
            new TlsServer.Certificate(
                names, Path.of(c.certificate().source()), Path.of(c.key().source())))
        .toList();
  }
}
