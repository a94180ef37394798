package dev.banyan.it.matrix;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Thread-safe: a time that stands until it is moved, and knows when a candidate has read it. */
public final class StepClock extends Clock {
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
  private final AtomicLong byCandidates = new AtomicLong();

  /** Moves it. */
  public void step(Duration by) {
    millis.addAndGet(by.toMillis());
  }

  /** How often a thread of the shadow executor has read it. */
  long byCandidates() {
    return byCandidates.get();
  }

  @Override
  public long millis() {
    if (Thread.currentThread().getName().startsWith("banyan-shadow")) {
      byCandidates.incrementAndGet();
    }
    return millis.get();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
