package dev.banyan.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When requests of a rate are due, and which of them count. */
final class PaceTest {
  @Test
  void eachRequestIsDueInItsPlaceWhateverCameOfTheOthers() {
    Pace pace = new Pace(600, 1);
    pace.begin();
    assertThat(pace.due(600) - pace.due(0)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    assertThat(pace.due(1) - pace.due(0)).isEqualTo(1_666_667);
    assertThat(pace.due()).isPositive(); // the first one is due at once
  }

  @Test
  void thoseBeforeTheMeasuredOnesAreAskedAndCountOnlyWhereTheyFail() {
    Pace pace = new Pace(10, 2);
    pace.begin();
    for (int i = 0; i < 29; i++) {
      assertThat(pace.settled()).isFalse();
      pace.tally(i).answered(pace.due(i));
    }
    pace.tally(29).lost();
    assertThat(pace.settled()).isTrue();
    pace.tally(3).head(503);
    Tally.Result result = pace.result();
    assertThat(result.requests()).isEqualTo(19);
    assertThat(result.micros().getTotalCount()).isEqualTo(19);
    assertThat(result.unmeasured()).isEqualTo(10);
    assertThat(result.errors()).isEqualTo(2);
  }
}
