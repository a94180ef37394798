package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.HistogramIterationValue;

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
    long[] counts = new long[bin(HIGHEST) + 1];
    for (HistogramIterationValue value : histogram.copy().recordedValues()) {
      counts[bin(value.getValueIteratedTo())] += value.getCountAddedInThisIterationStep();
    }
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= counts.length; i++) {
      edges.add(micros(LOWEST * Math.pow(10, i / (double) BINS_A_DECADE)));
    }
    return new LatencyBins(edges, Arrays.stream(counts).boxed().toList());
  }

  /** All that was recorded, as finely as it was. */
  public LatencyCounts counts() {
    AbstractHistogram copy = histogram.copy();
    List<LatencyCounts.Recorded> recorded = new ArrayList<>();
    for (HistogramIterationValue value : copy.recordedValues()) {
      double nanos = (double) copy.medianEquivalentValue(value.getValueIteratedTo());
      recorded.add(
          new LatencyCounts.Recorded(
              Math.max(1, nanos) / 1e9, value.getCountAddedInThisIterationStep()));
    }
    return new LatencyCounts(recorded);
  }

  /** Where a time belongs; all below the lowest is in the first. */
  private static int bin(long nanos) {
    double decades = Math.log10(Math.max(LOWEST, nanos) / (double) LOWEST);
    return (int) (decades * BINS_A_DECADE);
  }

  private static double micros(double nanos) {
    return Math.round(nanos / 10.0) / 100.0;
  }
}
