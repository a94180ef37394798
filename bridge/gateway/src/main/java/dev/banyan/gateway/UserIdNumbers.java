package dev.banyan.gateway;

import java.time.Instant;
import java.time.temporal.ChronoField;

/** Owned by one worker's loop: what makes its new identifiers of browsers unlike all others. */
final class UserIdNumbers {
  private static final int FIRST = 0x03030302;
  private static final int STEP = 0x100;
  private static final int MICROS_A_TICK = 20;

  private final int start;
  private int old = 1;
  private int next = FIRST;

  /** Numbers of a worker that began at this time, and that this number tells from others. */
  UserIdNumbers(Instant begun, long worker) {
    this.start = ((begun.get(ChronoField.MICRO_OF_SECOND) / MICROS_A_TICK) << 16) | (int) worker;
  }

  int start() {
    return start;
  }

  /** The last number of a new identifier of the old kind. */
  int nextOld() {
    int taken = old;
    old += STEP;
    return taken;
  }

  /** The last number of a new identifier. */
  int next() {
    int taken = next;
    next += STEP;
    if (next < FIRST) {
      next = FIRST;
    }
    return taken;
  }
}
