package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.Digests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ketama points of {@code hash ... consistent}. Immutable. */
final class HashRing {
  static final HashRing EMPTY = new HashRing(List.of());
  private static final int POINTS = 160;

  private record Point(long hash, Peer peer) {}

  private final List<Point> points;

  private HashRing(List<Point> points) {
    this.points = points;
  }

  static HashRing of(List<Peer> peers) {
    List<Point> points = new ArrayList<>();
    for (Peer peer : peers) {
      String host = peer.server.address().host();
      String seed = host + "\0" + peer.server.address().port();
      long previous = 0;
      for (int i = 0; i < peer.weight * POINTS; i++) {
        byte[] bytes = Octets.bytes(seed + little(previous));
        long hash = Digests.crc32(bytes, 0, bytes.length);
        points.add(new Point(hash, peer));
        previous = hash;
      }
    }
    points.sort(Comparator.comparingLong(Point::hash));
    return new HashRing(List.copyOf(points));
  }

  private static String little(long value) {
    StringBuilder out = new StringBuilder(4);
    for (int shift = 0; shift < 32; shift += 8) {
      out.append((char) (value >> shift & 0xff));
    }
    return out.toString();
  }

  /** The first usable peer at or after a key's point. */
  @Nullable Peer find(String key, Set<Peer> tried, long now) {
    byte[] bytes = Octets.bytes(key);
    long hash = Digests.crc32(bytes, 0, bytes.length);
    int at = 0;
    while (at < points.size() && points.get(at).hash() < hash) {
      at++;
    }
    for (int i = 0; i < points.size(); i++) {
      Peer peer = points.get((at + i) % points.size()).peer();
      if (!tried.contains(peer) && peer.available(now)) {
        return peer;
      }
    }
    return null;
  }
}
