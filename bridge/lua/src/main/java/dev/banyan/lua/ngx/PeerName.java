package dev.banyan.lua.ngx;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/**
 * What a cosocket's {@code host} names: a name or an address, and the port that goes for it. An
 * address may bring a port of its own ({@code "127.0.0.1:6379"}, {@code "[::1]:53"}), which goes
 * before the argument; a name that does is looked up with it, in vain.
 */
record PeerName(String host, int port) {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final int LARGEST_PORT = 65_535;

  /**
   * Reads a host; that of a Unix socket is its path, with {@code unix:} before it.
   *
   * @throws NgxFailure with nginx's words for one that can't be a host
   */
  static PeerName parse(String text, int port) {
    if (text.startsWith("unix:")) {
      return new PeerName(text, port);
    }
    if (text.startsWith("[")) {
      return bracketed(text, port);
    }
    if (text.indexOf('/') >= 0 || text.indexOf('?') >= 0) {
      throw refused(text, "invalid host");
    }
    int colon = text.indexOf(':');
    int own = colon < 0 ? port : port(text, colon + 1);
    String host = colon < 0 ? text : text.substring(0, colon);
    if (host.isEmpty()) {
      throw refused(text, "no host");
    }
    return IPV4.matcher(host).matches() ? new PeerName(host, own) : new PeerName(text, port);
  }

  private static PeerName bracketed(String text, int port) {
    int end = text.indexOf(']') + 1;
    if (end == 0 || (end < text.length() && text.charAt(end) != ':')) {
      throw refused(text, "invalid host");
    }
    int own = end == text.length() ? port : port(text, end + 1);
    if (end == 2) {
      throw refused(text, "no host");
    }
    if (!isIpv6(text.substring(1, end - 1))) {
      throw refused(text, "invalid IPv6 address");
    }
    return new PeerName(text.substring(0, end), own);
  }

  private static boolean isIpv6(String address) {
    try {
      return address.indexOf('%') < 0 && Inet6Address.ofLiteral(address) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static int port(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length() && port <= LARGEST_PORT; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw refused(text, "invalid port");
      }
      port = port * 10 + digit;
    }
    if (port < 1 || port > LARGEST_PORT) {
      throw refused(text, "invalid port");
    }
    return port;
  }

  private static NgxFailure refused(String text, String why) {
    return new NgxFailure("failed to parse host name \"" + text + "\": " + why);
  }
}
