package dev.banyan.router.parity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: how long calls took, from 100 nanoseconds to a minute, to two digits.
 *
 * <p>To record is to add one to one cell. Threads that follow each other in number, as workers do,
 * have cells of their own, so that none waits for a line of memory that another has just written.
 * Cells are made by the octave, of which a function's calls take up two or three of 23: all of them
 * would be 24 KB, times threads, times modules.
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
  private static final int OCTAVE = 1 << HALF_BITS;
  private static final int OCTAVES = (cell(HIGHEST) >>> HALF_BITS) + 1;

  private static final int STRIPES =
      Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16));

  private static final VarHandle MADE = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle CALLS = MethodHandles.arrayElementVarHandle(long[].class);

  /** Each stripe's octaves in a row. Once made one stays, whichever thread has made it. */
  private final long[] @Nullable [] octaves = new long[STRIPES * OCTAVES][];

  /** Records one call. */
  public void record(long nanos) {
    int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
    int cell = cell(Math.clamp(nanos, 0, HIGHEST));
    int octave = stripe * OCTAVES + (cell >>> HALF_BITS);
    long[] calls = octaves[octave];
    if (calls == null) {
      calls = begun(octave);
    }
    CALLS.getAndAdd(calls, cell & (OCTAVE - 1), 1L);
  }

  private long[] begun(int octave) {
    long[] made = new long[OCTAVE];
    long[] other = (long[]) MADE.compareAndExchange(octaves, octave, null, made);
    return other == null ? made : other;
  }

  /** All that was recorded; a call that is recorded meanwhile may be in it. */
  public Latencies recorded() {
    Histogram sum = null;
    for (int i = 0; i < octaves.length; i++) {
      long[] octave = (long[]) MADE.getVolatile(octaves, i);
      for (int j = 0; octave != null && j < OCTAVE; j++) {
        long calls = (long) CALLS.getVolatile(octave, j);
        if (calls != 0) {
          sum = sum == null ? new Histogram(LOWEST, HIGHEST, DIGITS) : sum;
          sum.recordValueWithCount(shortest((i % OCTAVES << HALF_BITS) + j), calls);
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
