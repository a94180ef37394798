package dev.banyan.nginx;

/**
 * A group of servers that a configuration names: by an {@code upstream}, or by the address of a
 * {@code proxy_pass} or {@code memcached_pass} without one.
 *
 * @param address what was named; of an {@code upstream} its name, and port 0
 * @param configured whether an {@code upstream} has the name
 */
public record UpstreamGroup(HostPort address, boolean configured) {
  /** Its host in nginx's spelling: an address of IPv6 in brackets, of a Unix socket the path. */
  public String host() {
    String host = address.host();
    if (configured) {
      return host;
    }
    if (address.isUnix()) {
      return host.substring(HostPort.UNIX.length());
    }
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** The name: the host, and the port behind it where there is one. */
  public String name() {
    return address.port() == 0 ? host() : host() + ":" + address.port();
  }
}
