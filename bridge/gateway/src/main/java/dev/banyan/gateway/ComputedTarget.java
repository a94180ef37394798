package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.ServerAddress;
import dev.banyan.nginx.UpstreamGroup;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** For a request's loop: the servers that an address names which a request's variables made. */
final class ComputedTarget {
  private ComputedTarget() {}

  /**
   * The servers.
   *
   * @param address without a scheme
   * @param secure whether they are spoken to under TLS
   * @param authority what the request is told to be for
   * @return null, which is logged, for an address that names none
   */
  static @Nullable ProxyTarget of(
      Request r, String address, boolean secure, Function<HostPort, String> authority) {
    try {
      HostPort server = ServerAddress.parse(address);
      boolean portless = server.port() == 0 && !server.isUnix();
      boolean named =
          UpstreamGroup.find(server.host(), r.service().http().upstreams().keySet()) != null;
      if (portless && !named) {
        r.log(ErrorLog.ERROR, "no port in upstream \"" + server.host() + "\"");
        return null;
      }
      return new ProxyTarget(secure, authority.apply(server), server, !portless, null);
    } catch (IllegalArgumentException e) {
      r.log(ErrorLog.ERROR, e.getMessage() + " in upstream \"" + address + "\"");
      return null;
    }
  }
}
