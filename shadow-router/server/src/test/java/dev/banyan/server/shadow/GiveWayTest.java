package dev.banyan.server.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class GiveWayTest {
  private final AtomicLong clock = new AtomicLong();
  private final GiveWay others = new GiveWay(clock::get);

  @Test
  void aThreadGivesWayByTheSystemsOwnCallOnceItsTurnIsOver() {
    clock.addAndGet(GiveWay.TURN);
    assertThat(others.giveWay()).isTrue();
  }

  @Test
  void workThatTakesHardlyAnyTimeMakesNoCall() {
    for (int i = 0; i < 5; i++) {
      clock.addAndGet(GiveWay.TURN / 6);
      assertThat(others.giveWay()).isFalse();
    }
  }

  @Test
  void eachTurnIsAsLongAsTheFirst() {
    clock.addAndGet(3 * GiveWay.TURN);
    assertThat(others.giveWay()).isTrue();
    clock.addAndGet(GiveWay.TURN - 1);
    assertThat(others.giveWay()).isFalse();
    clock.addAndGet(1);
    assertThat(others.giveWay()).isTrue();
  }
}
