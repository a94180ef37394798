package dev.banyan.gateway;

import dev.banyan.api.OctetBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: lines on their way to the logs' thread, as octets behind one another in a room that
 * is used again, so that a line that waits is no object.
 */
final class LogQueue {
  /** Lines that may wait. */
  static final int LINES = 65_536;

  /** Octets that may wait, and more than any line has. */
  static final int OCTETS = 32 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Batch waiting = new Batch();

  /** Owned by the queue, then by who took it: lines in the order in which they came. */
  static final class Batch {
    /** What a batch may have grown to and be used again, by lines and by octets. */
    private static final int LINES_KEPT = 8192;

    private static final int OCTETS_KEPT = 2 << 20;
    private static final int USUAL = 256;

    final OctetBuffer octets = new OctetBuffer();
    private String[] targets = new String[USUAL];
    private VaryingLogs.@Nullable Place[] places = new VaryingLogs.Place[USUAL];
    private int[] ends = new int[USUAL];
    private int count;

    int count() {
      return count;
    }

    String target(int line) {
      return targets[line];
    }

    /** What else is said of the target; null where its name has no variables. */
    VaryingLogs.@Nullable Place place(int line) {
      return places[line];
    }

    /** Where a line's octets begin. */
    int start(int line) {
      return line == 0 ? 0 : ends[line - 1];
    }

    int end(int line) {
      return ends[line];
    }

    private void add(String target, VaryingLogs.@Nullable Place place, OctetBuffer line) {
      if (count == ends.length) {
        targets = Arrays.copyOf(targets, 2 * count);
        places = Arrays.copyOf(places, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      octets.add(line);
      targets[count] = target;
      places[count] = place;
      ends[count++] = octets.length();
    }

    private boolean worthKeeping() {
      return ends.length <= LINES_KEPT && octets.capacity() <= OCTETS_KEPT;
    }

    private void clear() {
      Arrays.fill(targets, 0, count, "");
      Arrays.fill(places, 0, count, null);
      octets.clear();
      count = 0;
    }
  }

  /** Adds a line; answers whether there was room for it. */
  boolean offer(String target, VaryingLogs.@Nullable Place place, OctetBuffer line) {
    lock.lock();
    try {
      if (waiting.count >= LINES || waiting.octets.length() > OCTETS - line.length()) {
        return false;
      }
      add(target, place, line);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a line of no octets, whether there is room for it or not. */
  void put(String target) {
    lock.lock();
    try {
      add(target, null, new OctetBuffer());
    } finally {
      lock.unlock();
    }
  }

  private void add(String target, VaryingLogs.@Nullable Place place, OctetBuffer line) {
    waiting.add(target, place, line);
    if (waiting.count == 1) {
      changed.signal();
    }
  }

  /**
   * Waits for lines and takes all there are, none after {@code nanos}; those that were taken before
   * are given back.
   */
  Batch take(Batch before, long nanos) throws InterruptedException {
    before.clear();
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.count == 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      Batch taken = waiting;
      waiting = before.worthKeeping() ? before : new Batch();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
