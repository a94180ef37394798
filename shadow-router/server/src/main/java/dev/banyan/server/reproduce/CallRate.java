package dev.banyan.server.reproduce;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Thread-safe, without locks: so many calls of each second, and no more. */
final class CallRate {
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanos;

  /** The second under way in the upper half, how many of it were let in the lower. */
  private final AtomicLong state = new AtomicLong(-1L << Integer.SIZE);

  CallRate(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether one more is let in, of so many a second. */
  boolean admits(int most) {
    long second = (nanos.getAsLong() / SECOND) & Integer.MAX_VALUE;
    long now = state.get();
    long count = now >> Integer.SIZE == second ? now & Integer.MAX_VALUE : 0;
    return count < most && state.compareAndSet(now, (second << Integer.SIZE) | (count + 1));
  }
}
