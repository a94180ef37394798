package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import java.util.regex.Pattern;

/** Where a directive other than {@code proxy_pass} passes requests to. */
public final class ServerAddress {
  private static final Pattern URI_STARTS = Pattern.compile("[/?#]");

  private ServerAddress() {}

  /**
   * Reads an address that may have no URI.
   *
   * @throws IllegalArgumentException with nginx's words
   */
  public static HostPort parse(String address) {
    boolean path = !address.startsWith(HostPort.UNIX) && URI_STARTS.matcher(address).find();
    if (path) {
      throw new IllegalArgumentException("invalid host");
    }
    return HostPort.parse(address, 0);
  }

  /** The servers of an address that has no scheme: of an upstream's name, or with a port. */
  static ProxyTarget read(Scope scope, Directive pass, String address) {
    boolean named =
        scope.nearest("upstream").stream()
            .anyMatch(upstream -> upstream.arg(0).equalsIgnoreCase(address));
    try {
      HostPort server = parse(address);
      if (!named && !server.isUnix() && server.port() == 0) {
        throw pass.error("no port in upstream \"" + address + "\"");
      }
      return new ProxyTarget(false, address, server, !named, null);
    } catch (IllegalArgumentException e) {
      throw pass.error(e.getMessage() + " in upstream \"" + address + "\"");
    }
  }
}
