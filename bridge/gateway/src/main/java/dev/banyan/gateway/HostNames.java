package dev.banyan.gateway;

import dev.banyan.nginx.NamedHost;
import dev.banyan.nginx.NginxConf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hosts that a configuration names. */
public final class HostNames {
  private HostNames() {}

  /**
   * Those that have no address, each time that they are named: nginx looks them up when it reads
   * them, and neither serves such a configuration nor calls it good with {@code -t}. Blocks for as
   * long as name servers take.
   */
  public static List<NamedHost> unknown(NginxConf conf) {
    Map<String, Boolean> known = new HashMap<>();
    List<NamedHost> unknown = new ArrayList<>();
    for (NamedHost host : conf.hosts()) {
      if (!known.computeIfAbsent(host.host(), HostNames::hasAddress)) {
        unknown.add(host);
      }
    }
    return unknown;
  }

  /**
   * Looks all of them up.
   *
   * @throws GatewayException for the first that has no address
   */
  static void look(NginxConf conf) {
    for (NamedHost host : unknown(conf)) {
      throw new GatewayException(host.problem() + " in " + host.file() + ":" + host.line());
    }
  }

  private static boolean hasAddress(String host) {
    try {
      return InetAddress.getAllByName(host).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
