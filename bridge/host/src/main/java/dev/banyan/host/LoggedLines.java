package dev.banyan.host;

import dev.banyan.api.Journal;
import java.util.ArrayList;
import java.util.List;

/**
 * Owned by one run of a candidate: the lines that it would write to the error log, as far as its
 * control's journal notes such.
 */
public final class LoggedLines {
  private final Journal journal;
  private List<String> lines = List.of(); // most calls write none

  LoggedLines(Journal journal) {
    this.journal = journal;
  }

  /** Whether lines are compared at all. */
  public boolean compared() {
    return journal.lineLevel() != Journal.NO_LINES;
  }

  /** A line; one that is less severe than what the log takes is none. */
  public void add(int level, String message) {
    if (journal.notes(level) && lines.size() < Journal.MAX_ENTRIES) {
      if (lines.isEmpty()) {
        lines = new ArrayList<>();
      }
      lines.add(new Journal.Entry.Logged(level, message).line());
    }
  }

  /** All of them, in order, in the words of {@link Journal#lines}. */
  public List<String> all() {
    return List.copyOf(lines);
  }
}
