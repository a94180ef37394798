package dev.banyan.cli;

import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.ref.Reference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: has the young generation collected while nobody waits, shortly before it is full.
 *
 * <p>The serial collector begins when an allocation finds no room. That is in the middle of some
 * request, and all that are under way stand still with it. A process that isn't saturated has
 * moments without any request; a collection in one of them delays at most who comes meanwhile, and
 * finds nothing of requests alive. Nothing asks the JVM for a collection of the young generation
 * alone, so this allocates what no longer fits, which begins one.
 *
 * <p>A process without such moments collects as it always did.
 */
final class IdleCollection implements Runnable {
  /** So much of the young generation must be taken, in percent: what is left is thrown away. */
  private static final int NEARLY_FULL = 90;

  /** How much time there is between two looks: each makes an object and a call into the JVM. */
  private static final long BETWEEN = Duration.ofMillis(4).toNanos();

  /**
   * So much is left to pieces: were it filled at once, what others allocate meanwhile might not
   * fit.
   */
  private static final long MARGIN = 128 << 10;

  private static final long PIECE = 16 << 10;

  /** At most so many, should others have had it collected meanwhile. */
  private static final int PIECES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(IdleCollection.class);

  private volatile @Nullable MemoryPoolMXBean eden;
  private volatile long next;

  /** Where new objects are made; null, which is where it begins, leaves all to the collector. */
  void watch(@Nullable MemoryPoolMXBean pool) {
    next = System.nanoTime();
    eden = pool;
  }

  @Override
  public void run() {
    MemoryPoolMXBean watched = eden;
    if (watched == null) {
      return;
    }
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + BETWEEN;
    MemoryUsage usage = watched.getUsage();
    if (usage.getUsed() * 100 >= usage.getCommitted() * NEARLY_FULL) {
      overfill(watched, usage);
    }
  }

  /** What is left first, then pieces, of which one finds no room. */
  private void overfill(MemoryPoolMXBean watched, MemoryUsage usage) {
    long left = usage.getCommitted() - usage.getUsed();
    try {
      allocate(Math.max(PIECE, left - MARGIN));
      for (int i = 0; i < PIECES && watched.getUsage().getUsed() >= usage.getUsed(); i++) {
        allocate(PIECE);
      }
    } catch (OutOfMemoryError e) {
      eden = null;
      LOG.warn("there is no memory left to collect ahead of time: {}", e.getMessage());
    }
  }

  private static void allocate(long bytes) {
    byte[] filler = new byte[Math.toIntExact(bytes)];
    try {
      LOG.trace("{} bytes fill the young generation", bytes);
    } finally {
      Reference.reachabilityFence(filler); // it must be made, though nothing is done with it
    }
  }
}
