package dev.banyan.server.shadow;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread: lets others that wait for its processor go before, every so often, by
 * sched_yield(2).
 *
 * <p>A thread of low priority and long slices isn't enough for that. Whoever was preempted, say by
 * the server that it had just written to, has run lately, and the scheduler then picks the thread
 * that has run less until that one sleeps or its turn is over (Linux's EEVDF, sched-eevdf.rst):
 * requests waited for up to two milliseconds beside an idle processor.
 *
 * <p>{@link Thread#yield} would do the same, but the JVM has to wait for a thread that is in it
 * before it can collect, and this one may not run for a while. A call of C's is none that it waits
 * for.
 */
final class GiveWay {
  /** Shorter than what a request takes, longer than ten times what a yield costs. */
  static final long TURN = Duration.ofNanos(50_000).toNanos();

  private static final @Nullable MethodHandle YIELD = find();

  private final LongSupplier nanos;
  private long since;

  /** For a thread that begins to run now, by a clock of nanoseconds. */
  GiveWay(LongSupplier nanos) {
    this.nanos = nanos;
    since = nanos.getAsLong();
  }

  /**
   * Gives way if the thread has run for {@link #TURN} since the last time that it did.
   *
   * @return whether it did
   */
  boolean giveWay() {
    if (YIELD == null || nanos.getAsLong() - since < TURN) {
      return false;
    }
    yieldProcessor(YIELD);
    since = nanos.getAsLong();
    return true;
  }

  private static void yieldProcessor(MethodHandle function) {
    try {
      int _ = (int) function.invokeExact();
    } catch (Throwable t) { // what a handle declares; the function behind this one throws nothing
      throw new IllegalStateException("sched_yield failed", t);
    }
  }

  /** Null where the system has no such function. */
  private static @Nullable MethodHandle find() {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().find("sched_yield").orElse(null);
    return function == null
        ? null
        : linker.downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT));
  }
}
