package dev.banyan.fiber;

import java.time.Duration;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one {@link Loop}: straight-line code that suspends instead of blocking its event loop.
 *
 * <p>A fiber is a one-shot continuation. {@link #park()} gives the loop's thread back, from any
 * depth of calls and from inside any number of nested Lua coroutines; {@link #unpark()} makes the
 * fiber go on. A fiber never runs on another thread than its loop's, and at most one fiber of a
 * loop runs at a time, so state that only fibers of one loop touch needs no locks. Parking while a
 * monitor is held or below a native frame is a fault of the caller and throws {@link
 * IllegalStateException}.
 */
public final class Fiber {
  private static final ContinuationScope SCOPE = new ContinuationScope("fiber");
  private static final ThreadLocal<@Nullable Fiber> CURRENT = new ThreadLocal<>();

  private final Loop loop;
  private final String name;
  private final Continuation continuation;
  private final Runnable wake = this::wake;
  private boolean running;
  private boolean permit;
  private int parks;
  private @Nullable FiberKilled killed;
  private @Nullable Error interrupt;
  private @Nullable Throwable failure;
  private @Nullable Object local;
  private @Nullable Watch watch;

  private Fiber(Loop loop, String name, Runnable body) {
    this.loop = loop;
    this.name = name;
    this.continuation =
        new Continuation(
            SCOPE,
            () -> {
              try {
                body.run();
              } catch (FiberKilled death) {
                // the end that whoever killed this fiber asked for
              } catch (Throwable t) {
                failure = t;
              }
            });
  }

  /**
   * Starts a fiber and runs it at once, up to its first park, before returning.
   *
   * <p>Call it on the loop's thread, inside another fiber or outside of any.
   *
   * @throws IllegalStateException on any other thread
   */
  public static Fiber start(Loop loop, String name, Runnable body) {
    if (!loop.inLoop()) {
      throw new IllegalStateException("a fiber starts on its own loop's thread: " + name);
    }
    Fiber fiber = new Fiber(loop, name, body);
    fiber.resume();
    return fiber;
  }

  /** Starts a fiber from any thread: it runs when the loop comes to it. */
  public static void submit(Loop loop, String name, Runnable body) {
    loop.execute(() -> start(loop, name, body));
  }

  /** The fiber that is running on this thread. */
  public static Fiber current() {
    Fiber fiber = CURRENT.get();
    if (fiber == null) {
      throw new IllegalStateException("not inside a fiber");
    }
    return fiber;
  }

  /** The fiber that is running on this thread, or null outside of any. */
  public static @Nullable Fiber currentOrNull() {
    return CURRENT.get();
  }

  /**
   * Suspends the current fiber until it is unparked; returns at once when it was unparked since its
   * last park. Callers loop over their condition: a wake-up may be for an earlier reason.
   *
   * @throws FiberKilled when the fiber is killed
   */
  public static void park() {
    Fiber fiber = current();
    fiber.parkHere();
  }

  /**
   * Parks for at most {@code timeout}.
   *
   * @return whether the fiber was unparked before the time was over
   */
  public static boolean park(Duration timeout) {
    Fiber fiber = current();
    boolean[] expired = {false};
    Loop.Timer timer =
        fiber.loop.schedule(
            () -> {
              expired[0] = true;
              fiber.unpark();
            },
            timeout);
    try {
      fiber.parkHere();
    } finally {
      timer.cancel();
    }
    return !expired[0];
  }

  /** Suspends the current fiber for {@code duration}, whatever else unparks it meanwhile. */
  public static void sleep(Duration duration) {
    Promise<Boolean> done = new Promise<>();
    Loop.Timer timer = current().loop.schedule(() -> done.complete(true), duration);
    try {
      done.await();
    } finally {
      timer.cancel();
    }
  }

  /** Lets other tasks of the loop run, then goes on. */
  public static void yieldNow() {
    Fiber fiber = current();
    boolean[] turned = {false};
    fiber.loop.execute(() -> {
      turned[0] = true;
      fiber.unpark();
    });
    while (!turned[0]) {
      fiber.parkHere();
    }
  }

  /**
   * Lets this fiber go on, now or at its next park. Callable from any thread: outside of fibers on
   * the loop's thread it runs the fiber before returning, otherwise when the loop comes to it.
   */
  public void unpark() {
    if (loop.inLoop() && CURRENT.get() == null) {
      wake();
    } else {
      loop.execute(wake);
    }
  }

  /**
   * Ends this fiber: its current or next park throws {@link FiberKilled}. Call it on the loop's
   * thread; a fiber that has ended doesn't notice.
   */
  public void kill(String reason) {
    if (killed == null && !continuation.isDone()) {
      killed = new FiberKilled(reason);
      if (!running) {
        loop.execute(wake);
      }
    }
  }

  /**
   * Makes this fiber's current or next park throw {@code signal}, once. Call it on the loop's
   * thread; a fiber that has ended doesn't notice, and of two signals the first counts.
   */
  public void interrupt(Error signal) {
    if (interrupt == null && !continuation.isDone()) {
      interrupt = signal;
      if (!running) {
        loop.execute(wake);
      }
    }
  }

  /** Whether {@link #kill} was called; the fiber may have yet to unwind. */
  public boolean isKilled() {
    return killed != null;
  }

  /** Whether the body returned, failed or was killed. */
  public boolean isDone() {
    return continuation.isDone();
  }

  /** How often this fiber has given its thread away. */
  public int parks() {
    return parks;
  }

  /** The loop that runs this fiber. */
  public Loop loop() {
    return loop;
  }

  /** The name given at start, for logs. */
  public String name() {
    return name;
  }

  /** What the owner of this fiber attached to it, or null. */
  public @Nullable Object local() {
    return local;
  }

  /** Attaches the owner's state: the request that this fiber runs. */
  public void attach(@Nullable Object value) {
    local = value;
  }

  /** Told, inside the fiber, before it gives its loop's thread back and when it has it again. */
  public interface Watch {
    /** The fiber is about to park. */
    void suspended();

    /** The fiber goes on. */
    void resumed();
  }

  /** Replaces the watch of this fiber, which may be null; answers the former one. */
  public @Nullable Watch watch(@Nullable Watch next) {
    Watch former = watch;
    watch = next;
    return former;
  }

  @Override
  public String toString() {
    return "fiber " + name;
  }

  private void parkHere() {
    while (!permit) {
      throwIfKilled();
      parks++;
      Watch watching = watch;
      if (watching != null) {
        watching.suspended();
      }
      try {
        if (!Continuation.yield(SCOPE)) {
          throw new IllegalStateException("fiber " + name + " parked while pinned");
        }
      } finally {
        if (watching != null) {
          watching.resumed();
        }
      }
    }
    permit = false;
    throwIfKilled();
  }

  private void throwIfKilled() {
    if (killed != null) {
      throw killed;
    }
    Error signal = interrupt;
    if (signal != null) {
      interrupt = null;
      throw signal;
    }
  }

  private void wake() {
    permit = true;
    if (!running && !continuation.isDone()) {
      resume();
    }
  }

  private void resume() {
    Fiber outer = CURRENT.get();
    CURRENT.set(this);
    running = true;
    try {
      continuation.run();
    } finally {
      running = false;
      CURRENT.set(outer);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      Thread thread = Thread.currentThread();
      Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
      handler.uncaughtException(thread, thrown);
    }
  }
}
