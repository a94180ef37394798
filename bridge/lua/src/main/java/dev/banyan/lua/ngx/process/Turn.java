package dev.banyan.lua.ngx.process;

import dev.banyan.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: who uses one end of a pipe. A fiber that was killed does no longer, though it
 * has yet to unwind.
 */
final class Turn {
  private @Nullable Fiber holder;

  /** Whether somebody uses it. */
  boolean taken() {
    Fiber fiber = holder;
    return fiber != null && !fiber.isKilled();
  }

  /** The running fiber uses it. */
  void take() {
    holder = Fiber.current();
  }

  /** The running fiber uses it no longer. */
  void leave() {
    if (Fiber.current().equals(holder)) {
      holder = null;
    }
  }
}
