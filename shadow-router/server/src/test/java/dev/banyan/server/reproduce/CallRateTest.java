package dev.banyan.server.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallRateTest {
  private long now;
  private final CallRate rate = new CallRate(() -> now);

  private int admitted(int calls, int most) {
    int admitted = 0;
    for (int i = 0; i < calls; i++) {
      admitted += rate.admits(most) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void soManyOfEachSecondAreLetInAndNoMore() {
    assertThat(admitted(100, 20)).isEqualTo(20);
    now += 1_000_000_000L;
    assertThat(admitted(100, 20)).isEqualTo(20);
  }

  @Test
  void theBoundMayRiseWithinASecond() {
    assertThat(admitted(100, 20)).isEqualTo(20);
    assertThat(admitted(500, 200)).isEqualTo(180);
  }
}
