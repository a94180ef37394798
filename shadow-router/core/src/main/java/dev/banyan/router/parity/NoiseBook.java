package dev.banyan.router.parity;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For any thread: where one module's Lua was seen to differ from itself. */
final class NoiseBook {
  /** Places that are told apart; those that come later are not told. */
  static final int MAX_PLACES = 100;

  private final ReasonCounts unmeasured;
  private final Map<Key, Growing> places = new LinkedHashMap<>();
  private long measured;
  private long differed;

  private record Key(String function, String place) {}

  /** Guarded by its book. */
  private static final class Growing {
    private long calls;
    private Instant last = Instant.EPOCH;
  }

  NoiseBook(Redactor redactor) {
    this.unmeasured = new ReasonCounts(redactor::label);
  }

  /** A call was answered twice; it differed at these places. */
  synchronized void add(String function, Set<String> differing, Instant now) {
    measured++;
    differed += differing.isEmpty() ? 0 : 1;
    for (String place : differing) {
      Key key = new Key(function, place);
      if (places.containsKey(key) || places.size() < MAX_PLACES) {
        Growing grown = places.computeIfAbsent(key, _ -> new Growing());
        grown.calls++;
        grown.last = now;
      }
    }
  }

  void unmeasured(String reason) {
    unmeasured.add(reason);
  }

  synchronized Noise snapshot() {
    List<Noise.Place> all =
        places.entrySet().stream()
            .map(one ->
                new Noise.Place(
                    one.getKey().function(),
                    one.getKey().place(),
                    one.getValue().calls,
                    one.getValue().last))
            .sorted(Comparator.comparingLong(Noise.Place::calls).reversed())
            .toList();
    return new Noise(measured, differed, all, unmeasured.snapshot());
  }
}
