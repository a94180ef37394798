package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.UpstreamHost;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.Upstream;
import dev.banyan.nginx.UpstreamGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: its groups of peers as Lua sees and changes them. */
final class WorkerUpstreams implements UpstreamHost {
  private static final long MILLIS = 1_000;

  private final PeerGroups peers;
  private final Map<Name, UpstreamGroup> groups = new LinkedHashMap<>();
  private final List<Name> names;

  WorkerUpstreams(PeerGroups peers) {
    this.peers = peers;
    for (UpstreamGroup group : peers.named()) {
      groups.put(new Name(group.host(), group.address().port()), group);
    }
    this.names = List.copyOf(groups.keySet());
  }

  @Override
  public List<Name> names() {
    return names;
  }

  @Override
  public Group group(Name name) {
    UpstreamGroup group = Objects.requireNonNull(groups.get(name));
    return new Peers(group, peers.of(group));
  }

  @Override
  public @Nullable String current(RequestHost request) {
    if (!(request instanceof LuaRequest known) || !LuaRequest.of(known).upstream().isPassed()) {
      return null;
    }
    UpstreamStates states = LuaRequest.of(known).upstream();
    ProxyTarget target = states.written();
    if (target == null) {
      throw new NgxFailure("no srv conf for upstream");
    }
    return peers.named(target).name();
  }

  private record Peers(UpstreamGroup named, PeerGroup group) implements Group {
    /** Servers whose names nginx looks up itself, when nothing was written of them, are none. */
    @Override
    public List<Server> servers() {
      List<Server> servers = new ArrayList<>();
      for (Upstream.Server server : group.upstream().servers()) {
        if (named.configured() || server.weight() == 0) {
          servers.add(seen(server));
        }
      }
      return servers;
    }

    @SuppressWarnings("ReferenceEquality") // two servers may be written alike
    private Server seen(Upstream.Server server) {
      List<String> addresses =
          peers(server.backup()).stream()
              .filter(peer -> peer.server == server)
              .map(peer -> peer.text)
              .toList();
      return new Server(
          server.name(),
          addresses,
          server.weight(),
          server.maxFails(),
          server.failTimeout().toSeconds(),
          server.backup(),
          server.down());
    }

    private List<dev.banyan.gateway.Peer> peers(boolean backup) {
      return backup ? group.backup() : group.primary();
    }

    @Override
    public List<UpstreamHost.Peer> primary() {
      return seen(group.primary());
    }

    @Override
    public List<UpstreamHost.Peer> backup() {
      return seen(group.backup());
    }

    private List<UpstreamHost.Peer> seen(List<dev.banyan.gateway.Peer> peers) {
      group.enter();
      try {
        return peers.stream().map(Peers::seen).toList();
      } finally {
        group.leave();
      }
    }

    private static UpstreamHost.Peer seen(dev.banyan.gateway.Peer peer) {
      return new UpstreamHost.Peer(
          peer.text,
          peer.weight,
          peer.currentWeight,
          peer.effectiveWeight,
          peer.connections,
          peer.fails,
          peer.server.maxFails(),
          peer.server.failTimeout().toSeconds(),
          peer.accessed / MILLIS,
          peer.checked / MILLIS,
          peer.down);
    }

    /** One that is up again begins anew. */
    @Override
    public void down(boolean backup, int id, boolean down) {
      dev.banyan.gateway.Peer peer = peers(backup).get(id);
      group.enter();
      try {
        peer.down = down;
        if (!down) {
          peer.fails = 0;
        }
      } finally {
        group.leave();
      }
    }
  }
}
