package dev.banyan.fiber;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop's thread: a value that is not there yet and that fibers wait for.
 *
 * <p>Completed once, with a value or a failure; later completions are ignored and answer false.
 *
 * @param <T> the value's type
 */
public final class Promise<T> {
  private @Nullable T value;
  private @Nullable Throwable failure;
  private boolean done;
  private @Nullable List<Fiber> waiting;

  /** Gives the value; answers false when the promise was complete already. */
  public boolean complete(T result) {
    if (done) {
      return false;
    }
    value = result;
    finish();
    return true;
  }

  /** Gives the failure that {@link #await()} throws; answers false when complete already. */
  public boolean fail(Throwable cause) {
    if (done) {
      return false;
    }
    failure = cause;
    finish();
    return true;
  }

  /** Whether the value or the failure is there. */
  public boolean isDone() {
    return done;
  }

  /**
   * Parks the current fiber until the value is there.
   *
   * @throws RuntimeException the failure, as it was given (checked exceptions included)
   */
  public T await() {
    Fiber fiber = Fiber.current();
    while (!done) {
      enlist(fiber);
      Fiber.park();
    }
    return result();
  }

  /**
   * Parks the current fiber until the value is there, at most {@code timeout}.
   *
   * @throws TimeoutException when the time was over first; the promise stays usable
   */
  public T await(Duration timeout) throws TimeoutException {
    Fiber fiber = Fiber.current();
    if (!done) {
      boolean[] expired = {false};
      Loop.Timer timer =
          fiber
              .loop()
              .schedule(
                  () -> {
                    expired[0] = true;
                    fiber.unpark();
                  },
                  timeout);
      try {
        while (!done && !expired[0]) {
          enlist(fiber);
          Fiber.park();
        }
      } finally {
        timer.cancel();
        if (!done && waiting != null) {
          waiting.remove(fiber);
        }
      }
      if (!done) {
        throw new TimeoutException();
      }
    }
    return result();
  }

  private void enlist(Fiber fiber) {
    List<Fiber> list = waiting;
    if (list == null) {
      list = new ArrayList<>(1);
      waiting = list;
    }
    if (!list.contains(fiber)) {
      list.add(fiber);
    }
  }

  @SuppressWarnings("NullAway") // a promise of a nullable type hands its null through
  private T result() {
    if (failure != null) {
      throw Promise.<RuntimeException>unchecked(failure);
    }
    return value;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable t) throws E {
    throw (E) t;
  }

  private void finish() {
    done = true;
    List<Fiber> list = waiting;
    waiting = null;
    if (list != null) {
      for (Fiber fiber : list) {
        fiber.unpark();
      }
    }
  }
}
