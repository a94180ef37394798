package dev.banyan.router.parity;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * For any thread: how often something happened, by reason; at most {@link #MAX_REASONS} of them.
 */
public final class ReasonCounts {
  /** Reasons beyond this many are counted together. */
  public static final int MAX_REASONS = 64;

  /** Where the others are counted. */
  public static final String OTHER = "other reasons";

  private static final int MAX_LENGTH = 120;

  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder total = new LongAdder();

  /** Counts one. */
  public void add(String reason) {
    add(reason, 1);
  }

  /** Counts several. */
  public void add(String reason, long count) {
    total.add(count);
    String key = reason.length() <= MAX_LENGTH ? reason : reason.substring(0, MAX_LENGTH) + "…";
    LongAdder known = counts.get(key);
    if (known == null) {
      String admitted = counts.size() < MAX_REASONS ? key : OTHER;
      known = counts.computeIfAbsent(admitted, ignored -> new LongAdder());
    }
    known.add(count);
  }

  /** All of them together. */
  public long total() {
    return total.sum();
  }

  /** A copy, by reason. */
  public Map<String, Long> snapshot() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((reason, count) -> copy.put(reason, count.sum()));
    return copy;
  }
}
