package dev.banyan.lua.seam;

import com.sun.management.ThreadMXBean;
import dev.banyan.fiber.Fiber;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its thread between start and stop: what a stretch of work costs this thread. A stretch
 * in which the fiber gave its thread away holds others' work too, so it has no measure.
 */
public final class CpuMeter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What one look at the thread's clock costs itself: the least of several. */
  static final long READING_NANOS = reading();

  private static final int READINGS = 200;

  private final @Nullable Fiber fiber;
  private final int parks;
  private final long cpu;
  private final long allocated;

  private CpuMeter(@Nullable Fiber fiber) {
    this.fiber = fiber;
    this.parks = fiber == null ? 0 : fiber.parks();
    this.allocated = THREADS.getCurrentThreadAllocatedBytes();
    this.cpu = THREADS.getCurrentThreadCpuTime();
  }

  /**
   * What was measured.
   *
   * @param nanos of the thread's CPU
   * @param octets that it allocated
   */
  public record Measured(long nanos, long octets) {
    /** Both together. */
    public Measured plus(Measured other) {
      return new Measured(nanos + other.nanos, octets + other.octets);
    }
  }

  /** The CPU that this thread has taken so far; a negative number where the system doesn't tell. */
  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static long reading() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < READINGS; i++) {
      long before = nanos();
      least = Math.min(least, nanos() - before);
    }
    return Math.max(0, least);
  }

  /** Begins a stretch; costs about a microsecond, so only a sample is measured. */
  public static CpuMeter start() {
    return new CpuMeter(Fiber.currentOrNull());
  }

  /** Ends it; null when its cost can't be told. */
  public @Nullable Measured stop() {
    long nanos = THREADS.getCurrentThreadCpuTime() - cpu;
    long octets = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    boolean given = fiber != null && fiber.parks() != parks;
    return given || cpu < 0 || nanos < 0 || octets < 0 ? null : new Measured(nanos, octets);
  }
}
