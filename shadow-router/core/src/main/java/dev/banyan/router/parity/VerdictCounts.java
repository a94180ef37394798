package dev.banyan.router.parity;

import java.util.concurrent.atomic.LongAdder;

/** For any thread, without locks: counts verdicts. */
final class VerdictCounts {
  private final LongAdder matched = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private final LongAdder mismatched = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder broken = new LongAdder();

  void add(Verdict verdict) {
    adder(verdict).increment();
  }

  private LongAdder adder(Verdict verdict) {
    return switch (verdict) {
      case MATCHED -> matched;
      case IGNORED -> ignored;
      case MISMATCHED -> mismatched;
      case SKIPPED -> skipped;
      case BROKEN -> broken;
    };
  }

  Verdicts snapshot() {
    return new Verdicts(
        matched.sum(), ignored.sum(), mismatched.sum(), skipped.sum(), broken.sum());
  }
}
