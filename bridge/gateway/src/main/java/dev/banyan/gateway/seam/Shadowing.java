package dev.banyan.gateway.seam;

import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamSwitch;
import java.util.concurrent.atomic.AtomicInteger;

/** Thread-safe: which calls are shadowed, and what is noted of one before its control runs. */
final class Shadowing {
  /** Of the requests that waited, calls of one of so many are shadowed all the same. */
  private static final int ONE_OF_LATE = 16;

  private final ShadowOptions options;
  private final SeamEvents events;
  private final AtomicInteger late = new AtomicInteger();

  Shadowing(ShadowOptions options, SeamEvents events) {
    this.options = options;
    this.events = events;
  }

  /** What is noted. */
  ShadowOptions options() {
    return options;
  }

  /** Whether it is noted which lines of Lua shadowed calls reach. */
  boolean watchesLines() {
    return options.lines();
  }

  /**
   * Whether the calls of a request that begins are not to be shadowed, since others wait behind it.
   *
   * @param waited the most that it can have waited for its worker, in nanoseconds
   */
  boolean isLate(long waited) {
    long patience = options.patience();
    return patience > 0 && waited > patience && late.incrementAndGet() % ONE_OF_LATE != 0;
  }

  /**
   * Notes what is before a call; on its worker's thread.
   *
   * @throws RuntimeException when something of it can't be noted
   */
  SeamSwitch.Shadow of(SeamCall call, Callee callee, RequestNotes notes) {
    WholeCalls.Reading reading = callee.wholeCalls().wanted();
    WholeCall whole = reading == null ? null : new WholeCall(reading);
    return new PendingShadow(call, callee, callee.concerns(call), notes, options, events, whole);
  }
}
