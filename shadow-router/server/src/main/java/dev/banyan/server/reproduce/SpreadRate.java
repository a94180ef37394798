package dev.banyan.server.reproduce;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Thread-safe, without locks: so many calls a second in the long run, and no more than that at
 * once. Under load one is let in as soon as its turn has come, and the turns of several rates come
 * at different moments, however many there are: no request is let in by all of them.
 */
final class SpreadRate {
  private static final long SECOND = 1_000_000_000L;

  /** Multiples of it modulo 1 lie as far from each other as any sequence's (Knuth, 6.4). */
  private static final double GOLDEN = 0.6180339887498949;

  private final long gap;
  private final long phase;
  private final LongSupplier nanos;

  /** When the turn of one more would come if none were let in ahead of it. */
  private final AtomicLong turn;

  /**
   * Lets in so many a second.
   *
   * @param most at least two
   * @param number how many rates there are before it, from which follows when its turns come
   * @param nanos a monotonic clock
   */
  SpreadRate(int most, int number, LongSupplier nanos) {
    this.gap = SECOND / most;
    this.phase = (long) (number * GOLDEN % 1 * gap);
    this.nanos = nanos;
    this.turn = new AtomicLong(nanos.getAsLong());
  }

  /** Whether one more is let in. */
  boolean admits() {
    long now = nanos.getAsLong();
    long known = turn.get();
    long next = known - now > 0 ? known : now + Math.floorMod(phase - now, gap);
    return next - now <= SECOND - gap && turn.compareAndSet(known, next + gap);
  }
}
