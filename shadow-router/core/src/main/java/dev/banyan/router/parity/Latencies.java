package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Immutable: how long calls took that were recorded. */
public final class Latencies {
  private static final int BINS_A_DECADE = 8;

  /** No call. */
  static final Latencies NONE =
      new Latencies(
          new Histogram(LatencyRecorder.LOWEST, LatencyRecorder.HIGHEST, LatencyRecorder.DIGITS));

  private final Histogram histogram;

  /** Owns the histogram. */
  Latencies(Histogram histogram) {
    this.histogram = histogram;
  }

  /** These and others. */
  public Latencies and(Latencies others) {
    if (calls() == 0 || others.calls() == 0) {
      return calls() == 0 ? others : this;
    }
    Histogram both = histogram.copy();
    both.add(others.histogram);
    return new Latencies(both);
  }

  /** How many calls there were. */
  public long calls() {
    return histogram.getTotalCount();
  }

  /** Their figures. */
  public Latency figures() {
    long count = calls();
    if (count == 0) {
      return Latency.NONE;
    }
    return new Latency(
        count,
        micros(histogram.getMean()),
        micros((double) histogram.getValueAtPercentile(50)),
        micros((double) histogram.getValueAtPercentile(90)),
        micros((double) histogram.getValueAtPercentile(99)),
        micros((double) histogram.getMaxValue()));
  }

  /** How they are distributed, {@value #BINS_A_DECADE} bins for each power of ten. */
  public LatencyBins bins() {
    long[] counts = new long[bin(LatencyRecorder.HIGHEST) + 1];
    for (HistogramIterationValue value : histogram.recordedValues()) {
      counts[bin(value.getValueIteratedTo())] += value.getCountAddedInThisIterationStep();
    }
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= counts.length; i++) {
      edges.add(micros(LatencyRecorder.LOWEST * Math.pow(10, i / (double) BINS_A_DECADE)));
    }
    return new LatencyBins(edges, Arrays.stream(counts).boxed().toList());
  }

  /** All of them, as finely as they were recorded. */
  public LatencyCounts counts() {
    List<LatencyCounts.Recorded> recorded = new ArrayList<>();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      double nanos = (double) histogram.medianEquivalentValue(value.getValueIteratedTo());
      recorded.add(
          new LatencyCounts.Recorded(
              Math.max(1, nanos) / 1e9, value.getCountAddedInThisIterationStep()));
    }
    return new LatencyCounts(recorded);
  }

  /** Where a time belongs; all below the lowest is in the first. */
  private static int bin(long nanos) {
    double decades =
        Math.log10(Math.max(LatencyRecorder.LOWEST, nanos) / (double) LatencyRecorder.LOWEST);
    return (int) (decades * BINS_A_DECADE);
  }

  private static double micros(double nanos) {
    return Math.round(nanos / 10.0) / 100.0;
  }
}
