package dev.banyan.gateway;

import dev.banyan.nginx.LimitZone;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Thread-safe: the counters of {@code limit_req_zone} and {@code limit_conn_zone}, for all workers.
 */
final class LimitZones {
  /** What one key takes of a zone's size, as nginx's nodes do. */
  private static final int NODE_BYTES = 128;

  private final Map<String, Requests> requests = new ConcurrentHashMap<>();
  private final Map<String, Connections> connections = new ConcurrentHashMap<>();

  /** The counters of a request zone. */
  Requests requests(LimitZone zone) {
    return requests.computeIfAbsent(zone.name(), _ -> new Requests(zone));
  }

  /** The counters of a connection zone. */
  Connections connections(LimitZone zone) {
    return connections.computeIfAbsent(zone.name(), _ -> new Connections(zone));
  }

  private static int bound(LimitZone zone) {
    return Math.clamp(zone.size() / NODE_BYTES, 16, 1 << 24);
  }

  /** Thread-safe: leaky buckets by key; the one that is longest unused makes room. */
  static final class Requests {
    private final long rate;
    private final Map<String, long[]> buckets;

    private Requests(LimitZone zone) {
      this.rate = zone.milliRequestsPerSecond();
      int bound = bound(zone);
      this.buckets =
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, long[]> eldest) {
              return size() > bound;
            }
          };
    }

    /** Thousandths of requests a second. */
    long rate() {
      return rate;
    }

    /**
     * Counts a request unless it is over the burst.
     *
     * @return its excess in thousandths; negative is the excess (minus one) of a refused one
     */
    synchronized long take(String key, long nowMillis, long burstMilli, boolean count) {
      long[] bucket = buckets.get(key);
      if (bucket == null) {
        if (count) {
          buckets.put(key, new long[] {0, nowMillis});
        }
        return 0;
      }
      long passed = Math.max(0, nowMillis - bucket[1]);
      long excess = Math.max(0, bucket[0] - rate * passed / 1000 + 1000);
      if (excess > burstMilli) {
        return -excess - 1;
      }
      if (count) {
        bucket[0] = excess;
        bucket[1] = Math.max(bucket[1], nowMillis);
      }
      return excess;
    }
  }

  /** Thread-safe: how many requests of each key are under way. */
  static final class Connections {
    private final int bound;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    private Connections(LimitZone zone) {
      this.bound = bound(zone);
    }

    /** Counts one more; false when the limit is reached or the zone is full. */
    boolean enter(String key, int limit) {
      if (counts.size() >= bound && !counts.containsKey(key)) {
        return false;
      }
      boolean[] entered = {false};
      counts.compute(
          key,
          (_, count) -> {
            int present = count == null ? 0 : count;
            entered[0] = present < limit;
            return entered[0] ? present + 1 : present;
          });
      return entered[0];
    }

    void leave(String key) {
      counts.computeIfPresent(key, (_, count) -> count > 1 ? count - 1 : null);
    }
  }
}
