package dev.banyan.lua.replay;

import dev.banyan.api.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Owned by its lane's thread: the time as the recorded call read it; it stands still after that.
 */
final class ReplayTime implements InstantSource {
  private final Deque<Long> later = new ArrayDeque<>();
  private long millis;
  private boolean begun;

  ReplayTime(long millis) {
    this.millis = millis;
  }

  /** A call begins. */
  void begin(Journal journal) {
    later.clear();
    millis = journal.millis();
    begun = false;
    for (Journal.Entry entry : journal.entries()) {
      if (entry instanceof Journal.Entry.Time time) {
        later.add(time.millis());
      }
    }
  }

  /** The time, without going on. */
  long now() {
    return millis;
  }

  /** The first reading is that of the call's begin. */
  @Override
  public long millis() {
    Long next = begun ? later.poll() : null;
    begun = true;
    millis = next == null ? millis : next;
    return millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
