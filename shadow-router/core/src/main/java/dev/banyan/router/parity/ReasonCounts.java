package dev.banyan.router.parity;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * For any thread: how often something happened, by reason; at most {@link #MAX_REASONS} of them.
 */
public final class ReasonCounts {
  /** Reasons beyond this many are counted together. */
  public static final int MAX_REASONS = 64;

  /** Where the others are counted. */
  public static final String OTHER = "other reasons";

  private static final int MAX_LENGTH = 120;

  private final UnaryOperator<String> cleaner;
  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder total = new LongAdder();

  /**
   * Without counts.
   *
   * @param cleaner takes secrets out of reasons that may quote what a client sent
   */
  public ReasonCounts(UnaryOperator<String> cleaner) {
    this.cleaner = cleaner;
  }

  /** Counts one. */
  public void add(String reason) {
    add(reason, 1);
  }

  /** Counts several. */
  public void add(String reason, long count) {
    total.add(count);
    LongAdder known = counts.get(reason);
    if (known == null) {
      known = admit(reason);
    }
    known.add(count);
  }

  private LongAdder admit(String reason) {
    String clean = cleaner.apply(reason);
    String key = clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    String admitted = counts.containsKey(key) || counts.size() < MAX_REASONS ? key : OTHER;
    return counts.computeIfAbsent(admitted, _ -> new LongAdder());
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
