package dev.banyan.nginx;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group of servers that a configuration names: by an {@code upstream}, or by the address of a
 * {@code proxy_pass} or {@code memcached_pass} without one.
 *
 * @param address what was named; of an {@code upstream} its name, and port 0
 * @param configured whether an {@code upstream} has the name
 */
public record UpstreamGroup(HostPort address, boolean configured) {
  /** The group of an {@code upstream}. */
  static UpstreamGroup named(String name) {
    return new UpstreamGroup(new HostPort(name, 0), true);
  }

  /**
   * The group that an address names.
   *
   * @param named the names of the {@code upstream} blocks, which an address with a port isn't of
   */
  public static UpstreamGroup of(ProxyTarget target, Set<String> named) {
    String name = target.explicitPort() ? null : find(target.server().host(), named);
    return name == null ? new UpstreamGroup(target.server(), false) : named(name);
  }

  /** The one of these names that a host is, whatever its case; null for none. */
  public static @Nullable String find(String host, Set<String> named) {
    return named.contains(host)
        ? host
        : named.stream().filter(host::equalsIgnoreCase).findFirst().orElse(null);
  }

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
