package dev.banyan.lua.seam;

import dev.banyan.lua.ngx.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Owned by one call: the worker's cached time, which {@code ngx.now()} answers too. */
final class LiveClock extends Clock {
  private final World world;

  LiveClock(World world) {
    this.world = world;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }

  @Override
  public long millis() {
    return world.millis();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(world.millis());
  }
}
