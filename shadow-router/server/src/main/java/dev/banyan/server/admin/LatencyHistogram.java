package dev.banyan.server.admin;

import dev.banyan.router.parity.LatencyCounts;
import dev.banyan.router.parity.LatencyCounts.Recorded;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Recorded times as Prometheus has them: native buckets for scrapers that take protobuf, classic
 * ones for the others. What was recorded stays as it is; both are made at the scrape.
 */
final class LatencyHistogram {
  /** Upper bounds in seconds, 1-2.5-5 from a microsecond to ten seconds. */
  private static final double[] BOUNDS = {
    1e-6,
    2.5e-6,
    5e-6,
    1e-5,
    2.5e-5,
    5e-5,
    1e-4,
    2.5e-4,
    5e-4,
    1e-3,
    2.5e-3,
    5e-3,
    1e-2,
    2.5e-2,
    5e-2,
    0.1,
    0.25,
    0.5,
    1,
    2.5,
    5,
    10,
    Double.POSITIVE_INFINITY
  };

  /** Each bucket's bound is 2^(1/8) of the one below: values are told to 9 %. */
  private static final int SCHEMA = 3;

  private static final int BUCKETS_A_DOUBLING = 1 << SCHEMA;
  private static final double ZERO_THRESHOLD = Math.pow(2, -128);
  private static final double LN_2 = Math.log(2);

  private LatencyHistogram() {}

  static HistogramDataPointSnapshot of(Labels labels, LatencyCounts counts) {
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .sum(counts.seconds())
        .classicHistogramBuckets(classic(counts))
        .nativeSchema(SCHEMA)
        .nativeZeroThreshold(ZERO_THRESHOLD)
        .nativeBucketsForPositiveValues(natives(counts))
        .build();
  }

  private static ClassicHistogramBuckets classic(LatencyCounts counts) {
    long[] calls = new long[BOUNDS.length];
    int bucket = 0;
    for (Recorded one : counts.recorded()) {
      while (one.seconds() > BOUNDS[bucket]) {
        bucket++;
      }
      calls[bucket] += one.calls();
    }
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < BOUNDS.length; i++) {
      buckets.bucket(BOUNDS[i], calls[i]);
    }
    return buckets.build();
  }

  private static NativeHistogramBuckets natives(LatencyCounts counts) {
    Map<Integer, Long> calls = new TreeMap<>();
    for (Recorded one : counts.recorded()) {
      calls.merge(index(one.seconds()), one.calls(), Long::sum);
    }
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    calls.forEach(buckets::bucket);
    return buckets.build();
  }

  /** Bucket {@code i} takes what is above 2^((i-1)/8) and not above 2^(i/8). */
  private static int index(double seconds) {
    return (int) Math.ceil(Math.log(seconds) / LN_2 * BUCKETS_A_DOUBLING);
  }
}
