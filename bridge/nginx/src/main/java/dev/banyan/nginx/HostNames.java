package dev.banyan.nginx;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Names of hosts, which are looked up once, when a configuration is read. */
final class HostNames {
  private HostNames() {}

  /** The addresses of a name, those of IPv4 first; none for one that nobody has. */
  static List<byte[]> addresses(String name) {
    List<byte[]> four = new ArrayList<>();
    List<byte[]> six = new ArrayList<>();
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      return four; // what can't be a name; an empty one would be this host's own
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(name)) {
        byte[] octets = address.getAddress();
        (octets.length == 4 ? four : six).add(octets);
      }
    } catch (UnknownHostException e) {
      return List.of();
    }
    four.addAll(six);
    return four;
  }
}
