package dev.banyan.router.parity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** For any thread: the newest mismatches, at most {@code capacity}. */
public final class MismatchRing {
  private final int capacity;
  private final Deque<Mismatch> newestFirst = new ArrayDeque<>();

  /** An empty ring. */
  public MismatchRing(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a ring holds at least one");
    }
    this.capacity = capacity;
  }

  /** Adds one, and forgets the oldest when full. */
  public synchronized void add(Mismatch mismatch) {
    if (newestFirst.size() == capacity) {
      newestFirst.removeLast();
    }
    newestFirst.addFirst(mismatch);
  }

  /** At most {@code limit}, newest first. */
  public synchronized List<Mismatch> newest(int limit) {
    List<Mismatch> some = new ArrayList<>(Math.min(limit, newestFirst.size()));
    for (Mismatch mismatch : newestFirst) {
      if (some.size() == limit) {
        break;
      }
      some.add(mismatch);
    }
    return some;
  }
}
