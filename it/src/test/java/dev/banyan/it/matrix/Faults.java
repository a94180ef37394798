package dev.banyan.it.matrix;

import dev.banyan.api.Declined;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thread-safe: the fault in force, for the ports of {@link FaultyPorts}. Their code can reach a
 * static member alone.
 */
public final class Faults {
  /** What each call may take by the guards' clock, which only faults move. */
  static final Duration DEADLINE = Duration.ofSeconds(1);

  /** More than a first call may take either. */
  private static final long TOO_LONG = DEADLINE.multipliedBy(4).toNanos() + 1;

  private static final AtomicLong NANOS = new AtomicLong();
  private static final AtomicLong STRUCK = new AtomicLong();
  private static volatile Fault fault = Fault.OK;

  private Faults() {}

  static void inForce(Fault next) {
    fault = next;
  }

  /** The guards' clock. */
  static long nanos() {
    return NANOS.get();
  }

  /** How many calls of ports have begun. */
  static long struck() {
    return STRUCK.get();
  }

  /** Called by each member of a port before its own code. */
  public static void strike() {
    STRUCK.incrementAndGet();
    switch (fault) {
      case OK -> {}
      case THROWS -> throw new IllegalStateException("a fault of the matrix");
      case DECLINES -> throw new Declined("the matrix wants it");
      case TOO_SLOW -> NANOS.addAndGet(TOO_LONG);
    }
  }
}
