package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.IpAddress;
import dev.banyan.nginx.script.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns hosts of a configuration into socket addresses. */
final class Addresses {
  private static final int LARGEST_PORT = 65_535;

  private Addresses() {}

  /** The addresses of a host; a name is looked up, which blocks. */
  static List<SocketAddress> resolve(HostPort target) throws UnknownHostException {
    if (target.isUnix()) {
      String path = target.host().substring(HostPort.UNIX.length());
      return List.of(UnixDomainSocketAddress.of(path));
    }
    InetSocketAddress literal = literal(target);
    if (literal != null) {
      return List.of(literal);
    }
    List<SocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(target.host())) {
      addresses.add(new InetSocketAddress(address, target.port()));
    }
    return addresses;
  }

  /** An address as nginx writes it, {@code unix:} for a Unix socket's. */
  static String text(InetSocketAddress of) {
    InetAddress address = of.getAddress();
    return address == null ? "unix:" : IpAddress.text(IpAddress.unmapped(address.getAddress()));
  }

  /** An address with its port, as nginx's log names a listening socket. */
  static String listening(InetSocketAddress of) {
    String host = text(of);
    return of.getAddress() == null
        ? host
        : (host.contains(":") ? "[" + host + "]" : host) + ":" + of.getPort();
  }

  /** The address of a host that is one, so that nothing has to be looked up; else null. */
  static @Nullable InetSocketAddress literal(HostPort target) {
    byte[] literal = IpAddress.parse(target.host());
    return literal == null ? null : socketAddress(literal, target.port());
  }

  /** The address that {@code proxy_bind} names; null for none, which one that is wrong is too. */
  static @Nullable SocketAddress local(Request r, @Nullable Template bind) {
    String text = bind == null ? "" : bind.evaluate(r);
    if (text.isEmpty()) {
      return null;
    }
    SocketAddress local = local(text);
    if (local == null) {
      r.log(ErrorLog.ERROR, "invalid local address \"" + text + "\"");
    }
    return local;
  }

  /** An IP address that may be followed by a port; null when the text is none. */
  static @Nullable SocketAddress local(String text) {
    int colon = text.lastIndexOf(':');
    boolean withPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    String host = withPort ? text.substring(0, colon) : text;
    long port = withPort ? Octets.decimal(text.substring(colon + 1)) : 0;
    byte[] address = IpAddress.parse(host.replace("[", "").replace("]", ""));
    if (address == null || port < 0 || port > LARGEST_PORT) {
      return null;
    }
    return socketAddress(address, (int) port);
  }

  /** A socket address of these 4 or 16 octets. */
  static InetSocketAddress socketAddress(byte[] address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 octets is one", e);
    }
  }

  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket) || socket.getAddress() == null) {
      return "unix:" + address;
    }
    String host = IpAddress.text(socket.getAddress().getAddress());
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + socket.getPort();
  }
}
