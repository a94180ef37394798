package dev.banyan.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: keeps the heap of this process near what lives in it, until closed.
 *
 * <p>The serial collector looks at its old generation only when that can grow no further. A busy
 * process therefore grows to {@code -Xmx} by what died there, and then stands still for as long as
 * going through all of it takes. This asks for a collection sooner: as soon as the old generation
 * holds twice what lived in it after the last one, and {@link #SLACK} more. Such a stop is short,
 * and memory follows what is alive. In quiet, where a stop is felt by few, {@link #QUIET_SLACK} is
 * enough, so that what a busy hour took is given back after it.
 *
 * <p>Other collectors pace themselves and are left alone; {@code -XX:+DisableExplicitGC} makes the
 * requests of this one nothing.
 */
final class HeapPace implements AutoCloseable {
  /** Garbage that the old generation may always hold, in bytes, however little lives. */
  static final long SLACK = 48L << 20;

  /** As {@link #SLACK}, where hardly anything is allocated. */
  static final long QUIET_SLACK = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(HeapPace.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final String OLD_GENERATION = "Tenured Gen";
  private static final String YOUNG_COLLECTOR = "Copy";
  private static final String EDEN = "Eden Space";

  /** So many looks with {@link #QUIET_COLLECTIONS} of the young generation at most are quiet. */
  private static final int QUIET_LOOKS = 12;

  private static final int QUIET_COLLECTIONS = 2;

  private final Duration period;
  private final IdleCollection idle = new IdleCollection();
  private final Thread thread;
  private final long[] collections = new long[QUIET_LOOKS];
  private int looks;

  private HeapPace(Duration period) {
    this.period = period;
    this.thread = Thread.ofPlatform().daemon().name("banyan-heap-pace").unstarted(this::run);
  }

  /** Looks at the old generation every few seconds from now on. */
  static HeapPace start() {
    return start(PERIOD);
  }

  /** As {@link #start()}, with another time between two looks. */
  static HeapPace start(Duration period) {
    HeapPace pace = new HeapPace(period);
    pace.thread.start();
    return pace;
  }

  /**
   * To be run again and again while nobody waits for this process: has the young generation
   * collected then, once that can be known to be near.
   */
  Runnable idleTask() {
    return idle;
  }

  /** Whether that much of an old generation is worth a collection; all in bytes. */
  static boolean isDue(long used, long livedAfterLast) {
    return used > 2 * livedAfterLast + SLACK;
  }

  private void run() {
    try {
      Thread.sleep(period); // a start has better to do than to find the pools
      MemoryPoolMXBean old = pool(OLD_GENERATION);
      GarbageCollectorMXBean young = youngCollector();
      idle.watch(pool(EDEN));
      while (old != null && young != null) {
        look(old, young);
        Thread.sleep(period);
      }
    } catch (InterruptedException e) {
      LOG.debug("the heap is no longer looked at");
    }
  }

  /** One of the serial collector's, or null where another collects. */
  private static @Nullable MemoryPoolMXBean pool(String name) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> name.equals(pool.getName()))
        .findAny()
        .orElse(null);
  }

  private static @Nullable GarbageCollectorMXBean youngCollector() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> YOUNG_COLLECTOR.equals(collector.getName()))
        .findAny()
        .orElse(null);
  }

  private void look(MemoryPoolMXBean old, GarbageCollectorMXBean young) {
    MemoryUsage afterLast = old.getCollectionUsage(); // zeroes before the first whole collection
    long lived = afterLast == null ? 0 : afterLast.getUsed();
    long used = old.getUsage().getUsed();
    boolean quiet = isQuiet(young.getCollectionCount());
    if (isDue(used, lived) || (quiet && used > lived + QUIET_SLACK)) {
      System.gc();
    }
  }

  private boolean isQuiet(long now) {
    int place = looks++ % QUIET_LOOKS;
    long then = collections[place];
    collections[place] = now;
    return looks > QUIET_LOOKS && now - then <= QUIET_COLLECTIONS;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
