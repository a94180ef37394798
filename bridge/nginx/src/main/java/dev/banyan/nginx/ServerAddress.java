package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;

/** Where a directive other than {@code proxy_pass} passes requests to. */
final class ServerAddress {
  private ServerAddress() {}

  /** The servers of an address that has no scheme: of an upstream's name, or with a port. */
  static ProxyTarget read(Scope scope, Directive pass, String address) {
    boolean named =
        scope.nearest("upstream").stream().anyMatch(upstream -> upstream.arg(0).equals(address));
    try {
      HostPort server = HostPort.parse(address, 0);
      if (!named && !server.isUnix() && server.port() == 0) {
        throw pass.error("no port in upstream \"" + address + "\"");
      }
      return new ProxyTarget(false, address, server, !named, null);
    } catch (IllegalArgumentException e) {
      throw pass.error(e.getMessage() + " in upstream \"" + address + "\"");
    }
  }
}
