package dev.banyan.regex;

import java.util.List;

/**
 * A pattern as one engine holds it. Thread-safe; a {@link MatchState} is what a thread matches
 * with.
 */
interface CompiledPattern {
  int groupCount();

  List<GroupName> names();

  /** Fresh state for one {@link Matcher}. */
  MatchState newState();

  /** Frees what the pattern holds outside of the heap; it must not be used afterwards. */
  void free();

  /** One subject at a time, matched from any offset. Owned by the thread of its matcher. */
  interface MatchState {
    void subject(byte[] bytes, int offset, int length);

    /**
     * Matches from {@code from} and fills {@code offsets} with start and end of each group, -1
     * where a group is unset.
     *
     * @return the number of the highest group that is set plus one, or 0 when nothing matches
     */
    int match(int from, int[] offsets);
  }
}
