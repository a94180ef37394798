package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.Upstream;
import dev.banyan.nginx.UpstreamGroup;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: the groups of peers that {@code proxy_pass} addresses name. */
final class PeerGroups {
  /** Addresses that were computed per request and are remembered. */
  private static final int BOUND = 1000;

  private final Service service;
  private final GatewayWorker worker;
  private final Map<String, PeerGroup> configured = new HashMap<>();
  private final Map<HostPort, PeerGroup> written = new HashMap<>();
  private final Map<HostPort, PeerGroup> computed = new HashMap<>();

  PeerGroups(Service service, GatewayWorker worker) throws UnknownHostException {
    this.service = service;
    this.worker = worker;
    for (Upstream upstream : service.http().upstreams().values()) {
      configured.put(upstream.name(), configured(upstream));
    }
    for (UpstreamGroup group : service.http().upstreamGroups()) {
      if (!group.configured()) {
        written.put(group.address(), written(group.address())); // looks names up, which blocks
      }
    }
  }

  private PeerGroup configured(Upstream upstream) throws UnknownHostException {
    Enclosure enclosure = service.options().enclosure();
    return upstream.zone() == null
        ? PeerGroup.of(upstream, enclosure)
        : service.peerZones().of(upstream, enclosure);
  }

  /** The group for an address; null when its name can't be resolved, which is logged. */
  @Nullable PeerGroup of(Request r, ProxyTarget target) {
    PeerGroup group = target.explicitPort() ? null : configured.get(target.server().host());
    if (group != null) {
      return group;
    }
    PeerGroup known = written.get(target.server());
    known = known == null ? computed.get(target.server()) : known;
    if (known != null) {
      return known;
    }
    String named =
        target.explicitPort()
            ? null
            : UpstreamGroup.find(target.server().host(), configured.keySet());
    if (named != null) {
      return configured.get(named);
    }
    try {
      PeerGroup made = PeerGroup.of(single(single(target.server())), addresses(r, target));
      if (target.server().isUnix() || Addresses.literal(target.server()) != null) {
        remember(target.server(), made);
      }
      return made;
    } catch (Names.Unresolved e) {
      r.log(ErrorLog.ERROR, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private List<SocketAddress> addresses(Request r, ProxyTarget target) throws Names.Unresolved {
    return worker.names().resolve(target.server(), r.location().core().resolver());
  }

  private void remember(HostPort address, PeerGroup group) {
    if (computed.size() >= BOUND) {
      computed.clear();
    }
    computed.put(address, group);
  }

  /** The groups that the configuration names, in the order of the file. */
  List<UpstreamGroup> named() {
    return service.http().upstreamGroups();
  }

  /** The peers of one of {@link #named()}. */
  PeerGroup of(UpstreamGroup group) {
    PeerGroup peers =
        group.configured() ? configured.get(group.address().host()) : written.get(group.address());
    return Objects.requireNonNull(peers);
  }

  /** Which of the groups an address of the configuration names. */
  UpstreamGroup named(ProxyTarget target) {
    return UpstreamGroup.of(target, configured.keySet());
  }

  /** nginx gives neither weight nor failures to the only server of an address that is a literal. */
  private PeerGroup written(HostPort address) throws UnknownHostException {
    boolean literal = address.isUnix() || Addresses.literal(address) != null;
    Upstream.Server server =
        literal
            ? new Upstream.Server("", address, 0, 0, 0, Duration.ZERO, false, false, false)
            : single(address);
    return PeerGroup.of(single(server), service.options().enclosure());
  }

  private static Upstream.Server single(HostPort address) {
    return new Upstream.Server("", address, 1, 0, 1, Duration.ofSeconds(10), false, false, false);
  }

  private Upstream single(Upstream.Server server) {
    return new Upstream(
        server.address().toString(),
        List.of(server),
        new Upstream.Balancing.RoundRobin(),
        service.noKeepalive(),
        null,
        "",
        0);
  }
}
