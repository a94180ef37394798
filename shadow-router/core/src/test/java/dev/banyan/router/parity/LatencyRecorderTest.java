package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
  private static final int THREADS = 5;
  private static final int CALLS = 20_000;

  @Test
  void eachCallIsInOneBinBetweenItsEdges() {
    LatencyRecorder recorder = new LatencyRecorder();
    long[] nanos = {0, 50, 150, 20_000, 20_100, 3_000_000, 59_000_000_000L, 90_000_000_000L};
    for (long each : nanos) {
      recorder.record(each);
    }
    LatencyBins bins = recorder.recorded().bins();

    assertThat(bins.edges()).hasSize(bins.counts().size() + 1).isSorted();
    assertThat(bins.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(nanos.length);
    int full = bins.counts().indexOf(2L);
    assertThat(bins.edges().get(bins.counts().lastIndexOf(2L))).isPositive();
    assertThat(bins.edges().get(full)).isLessThan(bins.edges().get(full + 1));
  }

  /** Any time up to a minute, each order of magnitude as often as the others. */
  private static long drawn(Random random) {
    return (long) Math.pow(10, random.nextDouble() * Math.log10((double) LatencyRecorder.HIGHEST));
  }

  @Test
  void callsOfManyThreadsAreAllCountedWhereHdrHistogramCountsThem() throws InterruptedException {
    LatencyRecorder recorder = new LatencyRecorder();
    Histogram expected = new Histogram(LatencyRecorder.LOWEST, LatencyRecorder.HIGHEST, 2);
    List<Thread> threads = new ArrayList<>();
    for (int seed = 0; seed < THREADS; seed++) {
      Random of = new Random(seed);
      Random same = new Random(seed);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < CALLS; i++) {
                  recorder.record(drawn(of));
                }
              }));
      for (int i = 0; i < CALLS; i++) {
        expected.recordValue(drawn(same));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }

    Latencies recorded = recorder.recorded();
    Latencies theirs = new Latencies(expected);
    assertThat(recorded.calls()).isEqualTo((long) THREADS * CALLS);
    assertThat(recorded.counts()).isEqualTo(theirs.counts());
    assertThat(recorded.figures()).isEqualTo(theirs.figures());
  }

  @Test
  void whatTwoHaveRecordedIsAddedUp() {
    LatencyRecorder first = new LatencyRecorder();
    LatencyRecorder second = new LatencyRecorder();
    first.record(1_000);
    second.record(1_000);
    second.record(5_000_000);

    Latencies both = first.recorded().and(second.recorded());

    assertThat(both.calls()).isEqualTo(3);
    assertThat(both.figures().max()).isBetween(5_000.0, 5_100.0);
    assertThat(new LatencyRecorder().recorded().figures()).isEqualTo(Latency.NONE);
  }
}
