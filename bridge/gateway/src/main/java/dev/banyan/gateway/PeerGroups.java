package dev.banyan.gateway;

import dev.banyan.fiber.Promise;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.Upstream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: the groups of peers that {@code proxy_pass} addresses name. */
final class PeerGroups {
  /** Addresses that were computed per request and are remembered. */
  private static final int BOUND = 1000;

  private final Runtime runtime;
  private final GatewayWorker worker;
  private final Map<String, PeerGroup> configured = new HashMap<>();
  private final Map<HostPort, PeerGroup> implicit = new HashMap<>();

  PeerGroups(Runtime runtime, GatewayWorker worker) throws UnknownHostException {
    this.runtime = runtime;
    this.worker = worker;
    for (Upstream upstream : runtime.http().upstreams().values()) {
      configured.put(upstream.name(), PeerGroup.of(upstream));
    }
  }

  /** The group for an address; null when its name can't be resolved, which is logged. */
  @Nullable PeerGroup of(Request r, ProxyTarget target) {
    PeerGroup group = target.explicitPort() ? null : configured.get(target.server().host());
    if (group != null) {
      return group;
    }
    PeerGroup known = implicit.get(target.server());
    if (known != null) {
      return known;
    }
    try {
      PeerGroup made = lookUp(target.server());
      if (implicit.size() >= BOUND) {
        implicit.clear();
      }
      implicit.put(target.server(), made);
      return made;
    } catch (UnknownHostException e) {
      r.log(ErrorLog.ERROR, target.server().host() + " could not be resolved (3: Host not found)");
      return null;
    }
  }

  private PeerGroup lookUp(HostPort address) throws UnknownHostException {
    Upstream upstream = single(address);
    if (Addresses.literal(address)) {
      return PeerGroup.of(upstream);
    }
    Promise<PeerGroup> found = new Promise<>();
    Thread.ofVirtual()
        .name("banyan-resolver")
        .start(
            () -> {
              try {
                PeerGroup group = PeerGroup.of(upstream);
                worker.loop().execute(() -> found.complete(group));
              } catch (UnknownHostException e) {
                worker.loop().execute(() -> found.fail(e));
              }
            });
    return found.await();
  }

  private Upstream single(HostPort address) {
    Upstream.Server server =
        new Upstream.Server(address, 1, 0, 1, Duration.ofSeconds(10), false, false, false);
    return new Upstream(
        address.toString(),
        List.of(server),
        new Upstream.Balancing.RoundRobin(),
        runtime.noKeepalive(),
        null,
        "",
        0);
  }
}
