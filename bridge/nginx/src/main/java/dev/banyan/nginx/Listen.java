package dev.banyan.nginx;

/**
 * One {@code listen}.
 *
 * @param address the address; {@code *} listens on every IPv4 address, {@code ::} on every IPv6 one
 * @param isDefault whether its server answers for unknown names
 * @param backlog -1 leaves it to the system
 */
public record Listen(
    HostPort address,
    boolean isDefault,
    boolean ssl,
    boolean http2,
    boolean proxyProtocol,
    boolean reuseport,
    boolean deferred,
    int backlog,
    ListenSockets sockets,
    boolean ipv6only,
    String file,
    int line) {
  /** The host that stands for every IPv4 address. */
  public static final String ANY = "*";

  /** The same with TLS, as {@code ssl on} makes every address of its server. */
  Listen secured() {
    return new Listen(
        address,
        isDefault,
        true,
        http2,
        proxyProtocol,
        reuseport,
        deferred,
        backlog,
        sockets,
        ipv6only,
        file,
        line);
  }

  /** Whether it takes every local address. */
  public boolean wildcard() {
    return address.host().equals(ANY) || address.host().equals("::");
  }
}
