package dev.banyan.lua;

/**
 * Tells texts that come with every few dozen requests from those of single requests, for a cache
 * that has a place for each hash: a text gets its place once it was missed {@link #TIMES} times
 * with few others between, and the text that has the place wasn't wanted since it was last tried.
 * If every text got one, those of single requests would be most of what a young collection finds
 * alive, each until another request's text takes its place.
 *
 * <p>Owned by one thread, or used by several without a lock: what a race leaves is good enough.
 */
final class Frequency {
  /** How often; one less than a power of two, as a hash and its count share a mark. */
  private static final int TIMES = 7;

  private static final int MARKS = 2048;

  /** Hashes of texts that were missed, and in their lowest bits how often. */
  private final int[] marks = new int[MARKS];

  private final boolean[] wanted;

  Frequency(int places) {
    this.wanted = new boolean[places];
  }

  /** Hashes that differ in few bits are spread by this, for places and marks. */
  static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  /** Notes that the text of a place was found there. */
  void found(int place) {
    if (!wanted[place]) { // a write would take the line from other threads' caches
      wanted[place] = true;
    }
  }

  /** Notes that a text was missed; answers whether it gets its place. */
  boolean missed(int hash, int place) {
    int mark = spread(hash) & (MARKS - 1);
    int count = ((marks[mark] ^ hash) & ~TIMES) == 0 ? marks[mark] & TIMES : 0;
    if (count < TIMES) {
      marks[mark] = (hash & ~TIMES) | (count + 1);
      return false;
    }
    boolean free = !wanted[place];
    wanted[place] = false;
    return free;
  }
}
