package dev.banyan.fiber;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A single thread that runs tasks in order: the event loop that fibers live on.
 *
 * <p>{@link #execute} may be called from any thread.
 */
public interface Loop extends Executor {

  /** Whether the calling thread is this loop's thread. */
  boolean inLoop();

  /**
   * Runs {@code task} on this loop once {@code delay} has passed.
   *
   * @return the handle that takes the task back, callable from the loop's thread
   */
  Timer schedule(Runnable task, Duration delay);

  /** A task that was scheduled and can still be taken back. */
  @FunctionalInterface
  interface Timer {
    /** Takes the task back; has no effect once it ran. */
    void cancel();
  }
}
