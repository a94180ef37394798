package dev.banyan.nginx;

import java.util.List;

/**
 * The realip module.
 *
 * @param trusted the networks whose word counts
 * @param trustUnix whether peers on Unix sockets are trusted
 * @param header the header to read, in lower case; {@code proxy_protocol} reads the PROXY header
 */
public record RealIpSettings(
    List<Cidr> trusted, boolean trustUnix, String header, boolean recursive) {
  public RealIpSettings {
    trusted = List.copyOf(trusted);
  }
}
