package dev.banyan.transport;

import dev.banyan.fiber.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: a deadline that is moved with nearly every request and hardly ever reached.
 *
 * <p>Moving it later costs a field; only a deadline earlier than the loop's pending task
 * reschedules.
 */
final class IdleTimer implements Runnable {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final long NONE = Long.MAX_VALUE;

  private final WorkerLoop loop;
  private final Runnable expired;
  private Loop.@Nullable Timer task;
  private long taskAt;
  private boolean armed;
  private long deadline;

  IdleTimer(WorkerLoop loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
  }

  void arm(Duration timeout) {
    long nanos = timeout.compareTo(LONGEST) > 0 ? NONE : timeout.toNanos();
    if (nanos == NONE) {
      armed = false;
      return;
    }
    deadline = System.nanoTime() + nanos;
    armed = true;
    Loop.Timer pending = task;
    if (pending == null || deadline - taskAt < 0) {
      if (pending != null) {
        pending.cancel();
      }
      schedule(nanos);
    }
  }

  private void schedule(long nanos) {
    taskAt = deadline;
    task = loop.schedule(this, Duration.ofNanos(nanos));
  }

  void disarm() {
    armed = false;
  }

  /** No longer needed: takes the pending task back. */
  void stop() {
    armed = false;
    Loop.Timer pending = task;
    task = null;
    if (pending != null) {
      pending.cancel();
    }
  }

  @Override
  public void run() {
    task = null;
    if (!armed) {
      return;
    }
    long left = deadline - System.nanoTime();
    if (left > 0) {
      schedule(left);
    } else {
      armed = false;
      expired.run();
    }
  }
}
