package dev.banyan.router.parity;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * For any thread: the verdicts of one module by class of traffic, at most {@link #MAX_CLASSES} of
 * them. What comes later is counted in {@link TrafficClass#OTHER}, and how much that is.
 */
final class ClassBook {
  /** Classes that a module has of its own. */
  static final int MAX_CLASSES = 256;

  private final ConcurrentHashMap<TrafficClass, VerdictCounts> classes = new ConcurrentHashMap<>();
  private final LongAdder overflowed = new LongAdder();

  void add(TrafficClass trafficClass, Verdict verdict) {
    VerdictCounts known = classes.get(trafficClass);
    if (known == null) {
      known = admit(trafficClass);
    }
    known.add(verdict);
  }

  /** Several threads may pass the bound together, by one class each. */
  private VerdictCounts admit(TrafficClass trafficClass) {
    if (classes.size() < MAX_CLASSES) {
      return classes.computeIfAbsent(trafficClass, _ -> new VerdictCounts());
    }
    overflowed.increment();
    return classes.computeIfAbsent(TrafficClass.OTHER, _ -> new VerdictCounts());
  }

  /** All of them. */
  List<ClassParity> snapshot() {
    return classes.entrySet().stream()
        .map(entry -> new ClassParity(entry.getKey(), entry.getValue().snapshot()))
        .toList();
  }

  /** Calls that were counted in {@link TrafficClass#OTHER}. */
  long overflowed() {
    return overflowed.sum();
  }
}
