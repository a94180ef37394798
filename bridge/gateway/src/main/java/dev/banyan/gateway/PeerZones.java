package dev.banyan.gateway;

import dev.banyan.nginx.Upstream;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the peers of the upstreams that have a {@code zone}, one group for all workers of a
 * configuration. As nginx's, they begin anew with the next configuration.
 */
final class PeerZones {
  private final Map<String, PeerGroup> groups = new HashMap<>();

  /**
   * The group of an upstream with a zone.
   *
   * @throws UnknownHostException when a server's name is not known, which the first worker looks up
   */
  synchronized PeerGroup of(Upstream upstream, @Nullable Enclosure enclosure)
      throws UnknownHostException {
    PeerGroup known = groups.get(upstream.name());
    if (known == null) {
      known = PeerGroup.of(upstream, enclosure);
      groups.put(upstream.name(), known);
    }
    return known;
  }
}
