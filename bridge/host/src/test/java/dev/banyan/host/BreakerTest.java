package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The breaker opens late, closes later, and does not flutter in between. */
final class BreakerTest {
  private final AtomicLong now = new AtomicLong();
  private final Breaker breaker =
      new Breaker(new Breaker.Rules(0.5, 10, Duration.ofSeconds(10), 3), now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  private void probe(boolean good) {
    assertThat(breaker.admits()).isTrue();
    if (good) {
      breaker.succeeded();
    } else {
      breaker.failed();
    }
  }

  @Test
  void failuresBelowTheShareKeepItClosed() {
    for (int i = 0; i < 1_000; i++) {
      if (i % 3 == 0) {
        breaker.failed();
      } else {
        breaker.succeeded();
      }
    }
    assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void theShareOfAWindowOpensIt() {
    fail(4);
    assertThat(breaker.admits()).isTrue();
    fail(1);
    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker.admits()).isFalse();
  }

  @Test
  void itProbesOneAtATimeAfterTheCoolDownAndClosesAfterSeveralGoodOnes() {
    fail(5);
    pass(Duration.ofSeconds(9));
    assertThat(breaker.admits()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).as("a second call meanwhile").isFalse();
    breaker.succeeded();
    probe(true);
    assertThat(breaker.state()).isEqualTo(Breaker.State.PROBING);
    probe(true);
    assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void aBadProbeOpensItForTwiceAsLong() {
    fail(5);
    pass(Duration.ofSeconds(10));
    probe(false);
    pass(Duration.ofSeconds(10));
    assertThat(breaker.admits()).isFalse();
    pass(Duration.ofSeconds(10));
    probe(true);
  }

  @Test
  void oneOverrunOpensItAtOnce() {
    breaker.trip();
    assertThat(breaker.admits()).isFalse();
  }

  @Test
  void aCallFromBeforeTheOpeningThatEndsNowIsNoProbe() {
    fail(5);
    breaker.succeeded();
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    pass(Duration.ofSeconds(10));
    assertThat(breaker.admits()).isTrue();
  }
}
