package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.Upstream;
import java.net.SocketAddress;
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

  private final Service service;
  private final GatewayWorker worker;
  private final Map<String, PeerGroup> configured = new HashMap<>();
  private final Map<HostPort, PeerGroup> implicit = new HashMap<>();

  PeerGroups(Service service, GatewayWorker worker) throws UnknownHostException {
    this.service = service;
    this.worker = worker;
    for (Upstream upstream : service.http().upstreams().values()) {
      configured.put(upstream.name(), PeerGroup.of(upstream, service.options().enclosure()));
    }
    for (ServerConf server : service.http().servers()) {
      for (LocationConf location : server.locations()) {
        prepare(location);
      }
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
      PeerGroup made = PeerGroup.of(single(target.server()), addresses(r, target));
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
    if (implicit.size() >= BOUND) {
      implicit.clear();
    }
    implicit.put(address, group);
  }

  /** Looks the addresses up that are written in the configuration, which blocks. */
  private void prepare(LocationConf location) throws UnknownHostException {
    ProxyTarget target = target(location.content());
    if (target != null) {
      HostPort address = target.server();
      boolean named = !target.explicitPort() && configured.containsKey(address.host());
      if (!named && !implicit.containsKey(address)) {
        implicit.put(address, PeerGroup.of(single(address), service.options().enclosure()));
      }
    }
    for (LocationConf inner : location.nested()) {
      prepare(inner);
    }
    for (LocationConf branch : location.branches()) {
      prepare(branch);
    }
  }

  private static @Nullable ProxyTarget target(ContentHandler content) {
    return switch (content) {
      case ContentHandler.Proxy proxy -> proxy.target();
      case ContentHandler.Memcached memcached -> memcached.target();
      case ContentHandler.Lua _,
          ContentHandler.StaticFiles _,
          ContentHandler.EmptyGif _,
          ContentHandler.StubStatus _ ->
          null;
    };
  }

  private Upstream single(HostPort address) {
    Upstream.Server server =
        new Upstream.Server(address, 1, 0, 1, Duration.ofSeconds(10), false, false, false);
    return new Upstream(
        address.toString(),
        List.of(server),
        new Upstream.Balancing.RoundRobin(),
        service.noKeepalive(),
        null,
        "",
        0);
  }
}
