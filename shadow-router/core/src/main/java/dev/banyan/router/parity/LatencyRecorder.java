package dev.banyan.router.parity;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: how long calls took, from 100 nanoseconds to a minute, to two digits.
 *
 * <p>To record is to add one to one cell. Threads that follow each other in number, as workers do,
 * have cells of their own, so that none waits for a line of memory that another has just written.
 */
public final class LatencyRecorder {
  /** What is told apart from less, in nanoseconds. */
  static final long LOWEST = 100;

  /** What more counts as, in nanoseconds. */
  static final long HIGHEST = TimeUnit.MINUTES.toNanos(1);

  /** To how many digits a time is told. */
  static final int DIGITS = 2;

  /** HdrHistogram's layout for that range and these digits: units of 64 ns, 256 to begin with. */
  private static final int UNIT_BITS = 6;

  private static final int HALF_BITS = 7;
  private static final int CELLS = cell(HIGHEST) + 1;

  private static final int STRIPES =
      Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16));

  private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes =
      new AtomicReferenceArray<>(STRIPES);

  /** Records one call. */
  public void record(long nanos) {
    int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
    AtomicLongArray cells = stripes.get(stripe);
    if (cells == null) {
      cells = begun(stripe);
    }
    cells.getAndIncrement(cell(Math.clamp(nanos, 0, HIGHEST)));
  }

  private AtomicLongArray begun(int stripe) {
    AtomicLongArray made = new AtomicLongArray(CELLS);
    AtomicLongArray other = stripes.compareAndExchange(stripe, null, made);
    return other == null ? made : other;
  }

  /** All that was recorded; a call that is recorded meanwhile may be in it. */
  public Latencies recorded() {
    Histogram sum = null;
    for (int i = 0; i < STRIPES; i++) {
      AtomicLongArray cells = stripes.get(i);
      for (int cell = 0; cells != null && cell < CELLS; cell++) {
        long calls = cells.get(cell);
        if (calls != 0) {
          sum = sum == null ? new Histogram(LOWEST, HIGHEST, DIGITS) : sum;
          sum.recordValueWithCount(shortest(cell), calls);
        }
      }
    }
    return sum == null ? Latencies.NONE : new Latencies(sum);
  }

  private static int cell(long nanos) {
    long units = nanos >>> UNIT_BITS;
    int halved = Math.max(0, Long.SIZE - 1 - HALF_BITS - Long.numberOfLeadingZeros(units));
    return (halved << HALF_BITS) + (int) (units >>> halved);
  }

  private static long shortest(int cell) {
    int halved = Math.max(0, (cell >>> HALF_BITS) - 1);
    return (long) (cell - (halved << HALF_BITS)) << halved << UNIT_BITS;
  }
}
