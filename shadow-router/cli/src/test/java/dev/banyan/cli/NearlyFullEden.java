package dev.banyan.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A program for {@link IdleCollectionTest}: makes garbage in pieces of 16 KiB, with a moment of
 * rest after each, until the young generation has been collected eight times. Prints how many of
 * these collections were in rests, and how many percent were taken before them at the least.
 */
final class NearlyFullEden {
  private static final int PIECE = 16 << 10;
  private static final int COLLECTIONS = 8;

  private NearlyFullEden() {}

  public static void main(String... args) throws InterruptedException {
    MemoryPoolMXBean eden =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().contains("Eden Space"))
            .findAny()
            .orElseThrow();
    GarbageCollectorMXBean young =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(one -> !one.getName().contains("MarkSweep"))
            .findAny()
            .orElseThrow();
    try (HeapPace pace = HeapPace.start(Duration.ofMillis(1))) {
      Thread.sleep(200);
      Queue<byte[]> lately = new ArrayDeque<>();
      long first = young.getCollectionCount();
      long inRests = 0;
      long least = 100;
      while (young.getCollectionCount() < first + COLLECTIONS) {
        lately.add(new byte[PIECE]);
        if (lately.size() > 1) {
          lately.remove();
        }
        Thread.sleep(Duration.ofNanos(100_000));
        MemoryUsage usage = eden.getUsage();
        long before = young.getCollectionCount();
        pace.idleTask().run();
        if (young.getCollectionCount() > before) {
          inRests++;
          least = Math.min(least, 100 * usage.getUsed() / usage.getCommitted());
        }
      }
      System.out.println(inRests + " " + least);
    }
  }
}
