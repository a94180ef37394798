package dev.banyan.router.parity;

import java.util.concurrent.atomic.LongAdder;

/** For any thread, without locks: counts verdicts. */
final class VerdictCounts {
  private final LongAdder[] counts = new LongAdder[Verdict.values().length];

  VerdictCounts() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void add(Verdict verdict) {
    counts[verdict.ordinal()].increment();
  }

  Verdicts snapshot() {
    return new Verdicts(
        sum(Verdict.MATCHED),
        sum(Verdict.IGNORED),
        sum(Verdict.MISMATCHED),
        sum(Verdict.SKIPPED),
        sum(Verdict.BROKEN));
  }

  private long sum(Verdict verdict) {
    return counts[verdict.ordinal()].sum();
  }
}
