package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final long MILLI = 1_000_000;

  private final Backlog backlog = new Backlog(Backlog.ASLEEP);
  private long now = -7 * MILLI; // a clock of nanoseconds may begin anywhere

  /** The loop sleeps for so long until something is ready. */
  private void sleeps(long millis) {
    backlog.polls(now);
    now += millis * MILLI;
    backlog.polled(now);
  }

  /** Something is ready when the loop asks. */
  private void finds() {
    backlog.polls(now);
    now += 1_000;
    backlog.polled(now);
  }

  private long begins() {
    return backlog.begins(now);
  }

  /** The loop is used to requests that take a millisecond. */
  private void isUsed() {
    for (int i = 0; i < 100; i++) {
      sleeps(10);
      begins();
      now += MILLI;
    }
  }

  @Test
  void whatWakesTheLoopHasNotWaited() {
    isUsed();
    sleeps(3);
    assertThat(begins()).isZero();
  }

  @Test
  void whatIsFoundAtOnceMayHaveWaitedSinceThePollBefore() {
    isUsed();
    sleeps(3);
    begins();
    now += 9 * MILLI;
    finds();
    assertThat(begins()).isEqualTo(9 * MILLI + 1_000);
  }

  @Test
  void whoIsServedAfterOthersOfTheSamePollHasWaitedForThem() {
    isUsed();
    sleeps(3);
    begins();
    now += 6 * MILLI;
    assertThat(begins()).isEqualTo(6 * MILLI);
  }

  @Test
  void aLoopThatHasSleptSinceIsNotBehind() {
    isUsed();
    sleeps(3);
    begins();
    now += 9 * MILLI;
    sleeps(1);
    assertThat(begins()).isZero();
  }

  @Test
  void toWaitForAFewRequestsIsNoWaitHoweverLongTheyTake() {
    for (int i = 0; i < 20; i++) { // as in a JVM that has just started
      finds();
      assertThat(begins()).isZero();
      now += 30 * MILLI;
    }
  }

  @Test
  void whatATimerDidIsNoWait() {
    isUsed();
    backlog.polls(now); // found nothing, a timer was due
    now += 20 * MILLI;
    finds();
    assertThat(begins()).isZero();
  }
}
