package dev.banyan.router.parity;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;

/** For any thread: how long calls took, from 100 nanoseconds to a minute, to two digits. */
public final class LatencyRecorder {
  private static final long LOWEST = 100;
  private static final long HIGHEST = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 2;

  /** Of a fixed range, so that to record is to count, without a phase to enter and leave. */
  private final AtomicHistogram histogram = new AtomicHistogram(LOWEST, HIGHEST, DIGITS);

  /** Records one call. */
  public void record(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, HIGHEST));
  }

  /** The figures of a copy; a call that is recorded meanwhile may be in some of them. */
  public Latency snapshot() {
    AbstractHistogram copy = histogram.copy();
    long count = copy.getTotalCount();
    if (count == 0) {
      return Latency.NONE;
    }
    return new Latency(
        count,
        micros(copy.getMean()),
        micros((double) copy.getValueAtPercentile(50)),
        micros((double) copy.getValueAtPercentile(90)),
        micros((double) copy.getValueAtPercentile(99)),
        micros((double) copy.getMaxValue()));
  }

  private static double micros(double nanos) {
    return Math.round(nanos / 10.0) / 100.0;
  }
}
