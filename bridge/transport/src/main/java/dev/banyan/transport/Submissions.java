package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop's thread: fibers that wait until what was flushed is on its way. io_uring
 * gathers what a turn sends and hands it to the system when the loop polls; epoll has sent it by
 * then.
 */
final class Submissions {
  private final boolean gathers;
  private @Nullable Promise<Boolean> next;
  private @Nullable Promise<Boolean> polling;

  /**
   * None yet.
   *
   * @param gathers whether sends wait for the poll
   */
  Submissions(boolean gathers) {
    this.gathers = gathers;
  }

  /** Whether sends wait for the poll. */
  boolean gathers() {
    return gathers;
  }

  /** Parks the current fiber until the loop has polled, if sends wait for that. */
  void await() {
    if (!gathers) {
      return;
    }
    Promise<Boolean> promise = next;
    if (promise == null) {
      promise = new Promise<>();
      next = promise;
    }
    promise.await();
  }

  /** Whether somebody waits, so that a poll must not sleep. */
  boolean isAwaited() {
    return polling != null;
  }

  /** A poll begins, which hands over what was sent so far. */
  void begin() {
    polling = next;
    next = null;
  }

  /** A poll has ended. */
  void end() {
    Promise<Boolean> over = polling;
    polling = null;
    if (over != null) {
      over.complete(true);
    }
  }
}
