package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.Digests;
import dev.banyan.nginx.Upstream.Balancing;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: chooses the peers of one request by its upstream's method. */
final class PeerChoice {
  /** After as many misses the hash methods fall back to round robin. */
  private static final int MISSES = 20;

  private static final int IP_HASH_START = 89;

  private final PeerGroup group;
  private final Request request;
  private final Set<Peer> tried = new HashSet<>();
  private long hash;
  private int rehash;

  PeerChoice(PeerGroup group, Request request) {
    this.group = group;
    this.request = request;
  }

  PeerGroup group() {
    return group;
  }

  /** The next peer; null when none is left. */
  @Nullable Peer next() {
    Balancing balancing = group.upstream().balancing();
    String key = balancing instanceof Balancing.Hash by ? by.key().evaluate(request) : "";
    group.enter();
    try {
      return next(balancing, key, request.worker().nowMillis());
    } finally {
      group.leave();
    }
  }

  private @Nullable Peer next(Balancing balancing, String key, long now) {
    Peer peer =
        switch (balancing) {
          case Balancing.RoundRobin _, Balancing.Lua _ -> group.next(tried, now);
          case Balancing.LeastConnections _ -> leastConnections(now);
          case Balancing.IpHash _ -> ipHash(now);
          case Balancing.Hash method -> hash(method, key, now);
          case Balancing.Random method -> random(method.ofTwo(), now);
        };
    if (peer != null) {
      tried.add(peer);
      peer.chosen(group.single(), now);
    }
    return peer;
  }

  /** Lets a peer be chosen again: its connection was stale, nothing else was wrong. */
  void again(Peer peer) {
    tried.remove(peer);
    group.undone(peer);
  }

  private boolean usable(Peer peer, long now) {
    return !tried.contains(peer) && peer.available(now);
  }

  private @Nullable Peer leastConnections(long now) {
    if (group.single()) {
      return group.next(tried, now);
    }
    Peer best = leastConnections(group.primary(), now);
    return best == null ? leastConnections(group.backup(), now) : best;
  }

  /** Among those with as few connections as any, by their weight, it is round robin. */
  private @Nullable Peer leastConnections(List<Peer> peers, long now) {
    Peer best = null;
    boolean tie = false;
    for (Peer peer : peers) {
      if (!usable(peer, now)) {
        continue;
      }
      int order = best == null ? -1 : compare(peer, best);
      best = order < 0 ? peer : best;
      tie = order == 0 || (tie && order > 0);
    }
    if (best == null || !tie) {
      return best;
    }
    Peer least = best;
    return PeerGroup.next(
        peers.stream().filter(peer -> compare(peer, least) == 0).toList(), tried, now);
  }

  private static int compare(Peer one, Peer other) {
    return Long.compare(
        (long) one.connections * other.weight, (long) other.connections * one.weight);
  }

  private @Nullable Peer ipHash(long now) {
    byte[] address = request.client().addressBytes();
    int used = address == null ? 0 : address.length == 4 ? 3 : address.length;
    hash = rehash == 0 ? IP_HASH_START : hash;
    for (int miss = 0; miss < MISSES && address != null; miss++) {
      rehash++;
      for (int i = 0; i < used; i++) {
        hash = (hash * 113 + (address[i] & 0xff)) % 6271;
      }
      Peer peer = weighted(hash);
      if (peer != null && usable(peer, now)) {
        return peer;
      }
    }
    return group.next(tried, now);
  }

  private @Nullable Peer hash(Balancing.Hash method, String key, long now) {
    if (key.isEmpty()) {
      return group.next(tried, now);
    }
    if (method.consistent()) {
      return group.ring().find(key, tried, now);
    }
    for (int miss = 0; miss < MISSES; miss++) {
      byte[] bytes = Octets.bytes(rehash > 0 ? rehash + key : key);
      hash += Digests.crc32(bytes, 0, bytes.length) >> 16 & 0x7fff;
      rehash++;
      Peer peer = weighted(hash);
      if (peer != null && usable(peer, now)) {
        return peer;
      }
    }
    return group.next(tried, now);
  }

  private @Nullable Peer weighted(long number) {
    List<Peer> peers = group.primary();
    long total = peers.stream().mapToLong(p -> p.weight).sum();
    long left = total == 0 ? 0 : number % total;
    for (Peer peer : peers) {
      left -= peer.weight;
      if (left < 0) {
        return peer;
      }
    }
    return null;
  }

  private @Nullable Peer random(boolean ofTwo, long now) {
    Peer first = randomUsable(now);
    Peer second = ofTwo ? randomUsable(now) : null;
    if (first == null || second == null) {
      return first == null ? group.next(tried, now) : first;
    }
    return (long) second.connections * first.weight < (long) first.connections * second.weight
        ? second
        : first;
  }

  private @Nullable Peer randomUsable(long now) {
    for (int miss = 0; miss < MISSES; miss++) {
      Peer peer = weighted(ThreadLocalRandom.current().nextInt(1 << 20));
      if (peer != null && usable(peer, now)) {
        return peer;
      }
    }
    return null;
  }
}
