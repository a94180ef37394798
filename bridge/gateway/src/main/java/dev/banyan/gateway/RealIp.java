package dev.banyan.gateway;

import dev.banyan.nginx.Cidr;
import dev.banyan.nginx.IpAddress;
import dev.banyan.nginx.RealIpSettings;
import dev.banyan.transport.HttpExchange;
import java.util.List;
import java.util.Locale;

/**
 * The realip module: the client's address from a header of a trusted peer, asked for by the server
 * before everything else, or by the location before the access phase.
 */
final class RealIp {
  private RealIp() {}

  static void apply(Request r) {
    RealIpSettings settings = r.location().settings().realIp();
    Client client = r.client();
    byte[] peer = client.peerBytes();
    if (client.realAddressTaken()) {
      return;
    }
    if ((settings.trusted().isEmpty() && !settings.trustUnix()) || !trusted(settings, peer)) {
      return;
    }
    if (settings.header().equals("proxy_protocol")) {
      HttpExchange.ProxiedAddress proxied = client.exchange().proxied();
      if (proxied != null) {
        byte[] source = IpAddress.unmapped(proxied.source().getAddress().getAddress());
        client.realAddress(source, proxied.source().getPort());
      }
      return;
    }
    boolean list = settings.header().equalsIgnoreCase("x-forwarded-for");
    List<String> fields = r.headers().all(settings.header());
    if (fields.isEmpty()) {
      return;
    }
    String text = list ? String.join(",", fields) : fields.getFirst();
    String[] entries = text.split("[, ]+");
    for (int i = entries.length - 1; i >= 0; i--) {
      if (entries[i].isEmpty()) {
        continue;
      }
      byte[] address = take(client, entries[i]);
      if (address == null || !settings.recursive() || !trusted(settings, address)) {
        return;
      }
    }
  }

  private static boolean trusted(
      RealIpSettings settings, byte @org.jspecify.annotations.Nullable [] peer) {
    if (peer == null) {
      return settings.trustUnix();
    }
    for (Cidr network : settings.trusted()) {
      if (network.contains(peer)) {
        return true;
      }
    }
    return false;
  }

  private static byte @org.jspecify.annotations.Nullable [] take(Client client, String entry) {
    String host = entry.toLowerCase(Locale.ROOT);
    int port = 0;
    int bracket = host.startsWith("[") ? host.indexOf(']') : -1;
    int colon = host.lastIndexOf(':');
    boolean v4Port = bracket < 0 && colon > 0 && host.indexOf(':') == colon;
    if (bracket > 0 && colon < bracket) {
      return null; // brackets are for an address that a port follows
    }
    if (bracket > 0 || v4Port) {
      long number = colon > bracket ? Octets.decimal(host.substring(colon + 1)) : -1;
      port = number > 0 && number < 65_536 ? (int) number : 0;
      host = bracket > 0 ? host.substring(1, bracket) : host.substring(0, colon);
    }
    byte[] address = IpAddress.parse(host);
    if (address != null) {
      client.realAddress(address, port);
    }
    return address;
  }
}
