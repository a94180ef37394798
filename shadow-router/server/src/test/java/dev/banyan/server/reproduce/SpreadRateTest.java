package dev.banyan.server.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpreadRateTest {
  private static final long MILLI = 1_000_000L;

  private long now = -3_000 * MILLI; // a monotonic clock may begin anywhere

  private SpreadRate rate(int number) {
    return new SpreadRate(5, number, () -> now);
  }

  @Test
  void callsThatAreRareAreAllLetIn() {
    SpreadRate rate = rate(3);
    for (int i = 0; i < 50; i++) {
      now += 210 * MILLI;
      assertThat(rate.admits()).as("call %d", i).isTrue();
    }
  }

  @Test
  void afterAQuietSecondSomeAreLetInAtOnce() {
    SpreadRate rate = rate(3);
    for (int second = 0; second < 5; second++) {
      now += 2_000 * MILLI;
      int admitted = 0;
      for (int i = 0; i < 100; i++) {
        admitted += rate.admits() ? 1 : 0;
      }
      assertThat(admitted).isBetween(4, 5);
    }
  }

  @Test
  void underLoadTheyAreSoManyASecondOneByOne() {
    SpreadRate rate = rate(3);
    long last = now;
    int admitted = 0;
    for (int i = 0; i < 60_000; i++) {
      now += MILLI / 10;
      if (rate.admits()) {
        admitted++;
        assertThat(admitted < 6 || now - last >= 199 * MILLI).as("call %d", i).isTrue();
        last = now;
      }
    }
    assertThat(admitted).isBetween(30, 36);
  }

  @Test
  void modulesThatAreCalledByTheSameRequestsAreLetInAtDifferentOnes() {
    List<SpreadRate> rates = List.of(rate(0), rate(1), rate(2), rate(3), rate(4));
    for (int quiet = 0; quiet < 3; quiet++) {
      now += 5_000 * MILLI;
      Set<Integer> together = new HashSet<>();
      for (int i = 0; i < 2_000; i++) {
        now += MILLI;
        int admitted = 0;
        for (SpreadRate rate : rates) {
          admitted += rate.admits() ? 1 : 0;
        }
        if (i > 100) { // those of the quiet time came at once
          together.add(admitted);
        }
      }
      assertThat(together).containsExactlyInAnyOrder(0, 1);
    }
  }
}
