package dev.banyan.server;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock of the tests that stands until it is set. */
public final class SetClock extends Clock {
  private Instant now;

  /** Stands at this time. */
  public SetClock(Instant now) {
    this.now = now;
  }

  /** Stands at another time from now on. */
  public void set(Instant time) {
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
