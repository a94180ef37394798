package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;

/** For any thread: how long calls took, from 100 nanoseconds to a minute, to two digits. */
public final class LatencyRecorder {
  private static final long LOWEST = 100;
  private static final long HIGHEST = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 2;
  private static final int BINS_A_DECADE = 8;

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

  /** How the calls are distributed, {@value #BINS_A_DECADE} bins for each power of ten. */
  public LatencyBins bins() {
    AbstractHistogram copy = histogram.copy();
    List<Double> edges = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    long from = 0;
    for (int i = 0; from < HIGHEST; i++) {
      long to = Math.round(LOWEST * Math.pow(10, (i + 1.0) / BINS_A_DECADE));
      edges.add(micros(from == 0 ? LOWEST : (double) from));
      counts.add(copy.getCountBetweenValues(from, Math.min(to, HIGHEST + 1) - 1));
      from = to;
    }
    edges.add(micros((double) from));
    return new LatencyBins(edges, counts);
  }

  private static double micros(double nanos) {
    return Math.round(nanos / 10.0) / 100.0;
  }
}
