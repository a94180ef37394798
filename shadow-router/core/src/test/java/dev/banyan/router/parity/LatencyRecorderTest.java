package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
  @Test
  void eachCallIsInOneBinBetweenItsEdges() {
    LatencyRecorder recorder = new LatencyRecorder();
    long[] nanos = {0, 50, 150, 20_000, 20_100, 3_000_000, 59_000_000_000L, 90_000_000_000L};
    for (long each : nanos) {
      recorder.record(each);
    }
    LatencyBins bins = recorder.bins();

    assertThat(bins.edges()).hasSize(bins.counts().size() + 1).isSorted();
    assertThat(bins.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(nanos.length);
    int full = bins.counts().indexOf(2L);
    assertThat(bins.edges().get(bins.counts().lastIndexOf(2L))).isPositive();
    assertThat(bins.edges().get(full)).isLessThan(bins.edges().get(full + 1));
  }
}
