package dev.banyan.nginx;

import java.util.List;
import java.util.Map;

/**
 * A socket to open and the servers behind it. Where a wildcard address and others share a port,
 * only the wildcard is opened, and the connection's local address chooses among {@code
 * byLocalHost}.
 *
 * @param listen the first {@code listen} of the address: what the socket's options are
 * @param servers the servers of the address itself
 * @param byLocalHost the servers of more specific addresses of the port
 */
public record Listener(
    Listen listen, ServerMatcher servers, Map<String, ServerMatcher> byLocalHost) {
  public Listener {
    byLocalHost = Map.copyOf(byLocalHost);
  }

  /** The servers for a connection that was accepted on this local address. */
  public ServerMatcher servers(String localHost) {
    return byLocalHost.getOrDefault(localHost, servers);
  }

  /** Every server that it can reach, each once. */
  public List<ServerConf> allServers() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(servers), byLocalHost.values().stream())
        .flatMap(m -> m.servers().stream())
        .distinct()
        .toList();
  }
}
