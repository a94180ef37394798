package dev.banyan.gateway;

import dev.banyan.nginx.Upstream;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker's loop, but where the upstream has a {@code zone} shared by all, under a lock
 * that is held for as long as a choice takes and never while anything waits: the peers of an
 * upstream, by nginx's smooth weighted round robin.
 */
final class PeerGroup {
  private final Upstream upstream;
  private final List<Peer> primary;
  private final int tries;
  private final List<Peer> backup;
  private final HashRing ring;
  private final @Nullable ReentrantLock lock;

  private PeerGroup(Upstream upstream, List<Peer> primary, List<Peer> backup) {
    this.upstream = upstream;
    this.primary = List.copyOf(primary);
    this.tries =
        (int) Stream.concat(primary.stream(), backup.stream()).filter(peer -> !peer.down).count();
    this.backup = List.copyOf(backup);
    this.lock = upstream.zone() == null ? null : new ReentrantLock();
    this.ring =
        upstream.balancing() instanceof Upstream.Balancing.Hash hash && hash.consistent()
            ? HashRing.of(this.primary)
            : HashRing.EMPTY;
  }

  /** The peers of a configured upstream. */
  static PeerGroup of(Upstream upstream, @Nullable Enclosure enclosure)
      throws UnknownHostException {
    List<Peer> primary = new ArrayList<>();
    List<Peer> backup = new ArrayList<>();
    for (Upstream.Server server : upstream.servers()) {
      for (SocketAddress address : Enclosure.addresses(enclosure, server.address())) {
        (server.backup() ? backup : primary).add(new Peer(address, server));
      }
    }
    return new PeerGroup(upstream, primary, backup);
  }

  /** The peers of an upstream of one server whose addresses are known. */
  static PeerGroup of(Upstream upstream, List<SocketAddress> addresses) {
    Upstream.Server server = upstream.servers().getFirst();
    return new PeerGroup(
        upstream, addresses.stream().map(address -> new Peer(address, server)).toList(), List.of());
  }

  /** Begins a look at the peers or a change of them. */
  void enter() {
    if (lock != null) {
      lock.lock();
    }
  }

  /** Ends what {@link #enter()} has begun. */
  void leave() {
    if (lock != null) {
      lock.unlock();
    }
  }

  Upstream upstream() {
    return upstream;
  }

  HashRing ring() {
    return ring;
  }

  List<Peer> primary() {
    return primary;
  }

  List<Peer> backup() {
    return backup;
  }

  /** How many tries a request has by default: one for each peer that is not marked as down. */
  int tries() {
    return tries;
  }

  /** Whether there is no choice. */
  boolean single() {
    return primary.size() == 1 && backup.isEmpty();
  }

  /** The next peer in turn that was not tried; null when none is left. */
  @Nullable Peer next(Set<Peer> tried, long now) {
    if (single()) {
      Peer only = primary.getFirst();
      return only.down || tried.contains(only) ? null : only;
    }
    Peer best = next(primary, tried, now);
    return best == null ? next(backup, tried, now) : best;
  }

  /** The same among some of the peers. */
  static @Nullable Peer next(List<Peer> peers, Set<Peer> tried, long now) {
    Peer best = null;
    int total = 0;
    for (Peer peer : peers) {
      if (tried.contains(peer) || !peer.available(now)) {
        continue;
      }
      peer.currentWeight += peer.effectiveWeight;
      total += peer.effectiveWeight;
      if (peer.effectiveWeight < peer.weight) {
        peer.effectiveWeight++;
      }
      if (best == null || peer.currentWeight > best.currentWeight) {
        best = peer;
      }
    }
    if (best != null) {
      best.currentWeight -= total;
    }
    return best;
  }

  /** A try ended well. */
  void succeeded(Peer peer) {
    enter();
    try {
      peer.succeeded();
    } finally {
      leave();
    }
  }

  /** A try failed; answers whether that takes the peer out for a while. */
  boolean failed(Peer peer, long now) {
    enter();
    try {
      if (!single()) {
        return peer.failed(now);
      }
      peer.connections--;
      return false;
    } finally {
      leave();
    }
  }

  /** A try doesn't count: nothing but its connection was wrong. */
  void undone(Peer peer) {
    enter();
    try {
      peer.connections--;
    } finally {
      leave();
    }
  }
}
