package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Turns hosts of a configuration into socket addresses. */
final class Addresses {
  private Addresses() {}

  /** The addresses of a host; a name is looked up, which blocks. */
  static List<SocketAddress> resolve(HostPort target) throws UnknownHostException {
    if (target.isUnix()) {
      String path = target.host().substring(HostPort.UNIX.length());
      return List.of(UnixDomainSocketAddress.of(path));
    }
    byte[] literal = IpAddress.parse(target.host());
    if (literal != null) {
      return List.of(new InetSocketAddress(InetAddress.getByAddress(literal), target.port()));
    }
    List<SocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(target.host())) {
      addresses.add(new InetSocketAddress(address, target.port()));
    }
    return addresses;
  }

  /** Whether the host is an address, so that nothing has to be looked up. */
  static boolean literal(HostPort target) {
    return IpAddress.parse(target.host()) != null;
  }

  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket) || socket.getAddress() == null) {
      return "unix:" + address;
    }
    String host = IpAddress.text(socket.getAddress().getAddress());
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + socket.getPort();
  }
}
