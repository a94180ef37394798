package dev.banyan.gateway;

import dev.banyan.nginx.Listener;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.TlsSettings;
import dev.banyan.transport.TlsServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code ssl_*} settings of the servers behind a listener. */
final class ServerTls {
  private ServerTls() {}

  static TlsServer of(Listener listener, Handshakes handshakes) {
    ServerConf standard = listener.servers().defaultServer();
    List<ServerConf> servers = new ArrayList<>(listener.allServers());
    servers.remove(standard);
    servers.addFirst(standard);
    TlsSettings tls = standard.tls();
    if (tls.certificates().isEmpty() && !tls.rejectHandshake()) {
      throw new GatewayException(
          "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive in "
              + listener.listen().file()
              + ":"
              + listener.listen().line());
    }
    IdentityHashMap<ServerConf, Integer> places = new IdentityHashMap<>();
    servers.forEach(server -> places.put(server, places.size()));
    return new TlsServer(
        servers.stream().map(server -> site(server.tls())).toList(),
        name ->
            places.getOrDefault(listener.servers().match(name, new HandshakeVariables(name)), 0),
        tls.protocols(),
        servers.stream().anyMatch(ServerTls::scripted) ? handshakes : null);
  }

  private static boolean scripted(ServerConf server) {
    TlsSettings tls = server.tls();
    return tls.clientHelloHandler() != null || tls.certificateHandler() != null;
  }

  private static TlsServer.Site site(TlsSettings tls) {
    boolean constant =
        tls.certificates().stream()
            .allMatch(one -> one.certificate().isConstant() && one.key().isConstant());
    return new TlsServer.Site(
        constant ? certificates(tls, null) : List.of(),
        constant ? null : name -> certificates(tls, name),
        tls.rejectHandshake(),
        new TlsServer.Suites(
            tls.ciphers(),
            tls.preferServerCiphers() ? TlsServer.Order.SERVER : TlsServer.Order.CLIENT,
            tls.curves().contains("auto") ? List.of() : tls.curves()),
        tls.verifyClient() == TlsSettings.VerifyClient.OFF ? null : clients(tls));
  }

  private static List<TlsServer.Certificate> certificates(TlsSettings tls, @Nullable String name) {
    HandshakeVariables variables = new HandshakeVariables(name);
    Path passwords = path(tls.passwordFile());
    return tls.certificates().stream()
        .map(one ->
            new TlsServer.Certificate(
                Path.of(one.certificate().evaluate(variables)),
                Path.of(one.key().evaluate(variables)),
                passwords))
        .toList();
  }

  private static TlsServer.Clients clients(TlsSettings tls) {
    return new TlsServer.Clients(
        path(tls.clientCertificate()),
        path(tls.trustedCertificate()),
        path(tls.revocations()),
        tls.verifyDepth());
  }

  private static @Nullable Path path(@Nullable String file) {
    return file == null ? null : Path.of(file);
  }
}
