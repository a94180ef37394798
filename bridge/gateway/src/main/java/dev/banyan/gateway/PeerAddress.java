package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.IpAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address of a peer that Lua names, read as nginx reads an address that is not resolved. */
final class PeerAddress {
  private static final int LARGEST_PORT = 0xffff;

  private PeerAddress() {}

  /**
   * The address; a port in the text goes before the other.
   *
   * @throws NgxFailure with nginx's words
   */
  static SocketAddress of(String text, int port) {
    if (text.startsWith(HostPort.UNIX)) {
      String path = text.substring(HostPort.UNIX.length());
      if (path.isEmpty()) {
        throw new NgxFailure("no path in the unix domain socket");
      }
      return UnixDomainSocketAddress.of(path);
    }
    return text.startsWith("[") ? bracketed(text, port) : plain(text, port);
  }

  private static SocketAddress bracketed(String text, int port) {
    int end = text.indexOf(']');
    if (end < 0 || text.indexOf('/', end) >= 0) {
      throw new NgxFailure("invalid host");
    }
    String rest = text.substring(end + 1);
    if (!rest.isEmpty() && rest.charAt(0) != ':') {
      throw new NgxFailure("invalid host");
    }
    int number = rest.isEmpty() ? port : port(rest.substring(1));
    String host = text.substring(1, end);
    if (host.isEmpty()) {
      throw new NgxFailure("no host");
    }
    byte[] address = host.indexOf(':') < 0 ? null : IpAddress.parse(host);
    if (address == null) {
      throw new NgxFailure("invalid IPv6 address");
    }
    return Addresses.socketAddress(address, number);
  }

  private static SocketAddress plain(String text, int port) {
    if (text.indexOf('/') >= 0 || text.indexOf('?') >= 0) {
      throw new NgxFailure("invalid host");
    }
    int colon = text.indexOf(':');
    int number = colon < 0 ? port : port(text.substring(colon + 1));
    String host = colon < 0 ? text : text.substring(0, colon);
    if (host.isEmpty()) {
      throw new NgxFailure("no host");
    }
    byte @Nullable [] address = IpAddress.parse(host);
    if (address == null) {
      throw new NgxFailure("no host allowed");
    }
    return Addresses.socketAddress(address, number);
  }

  private static int port(String digits) {
    long port = Octets.decimal(digits);
    if (port < 1 || port > LARGEST_PORT) {
      throw new NgxFailure("invalid port");
    }
    return (int) port;
  }
}
