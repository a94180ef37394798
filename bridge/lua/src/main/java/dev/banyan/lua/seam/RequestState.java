package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.DueTimers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds what a call chose and wrote to what was watched of its request. */
final class RequestState {
  private RequestState() {}

  /** Adds what was chosen for the upstream, and when timers are due. */
  static void choices(Journal journal, Watched watched, Map<String, @Nullable Object> state) {
    for (Journal.Entry entry : journal.entries()) {
      if (entry instanceof Journal.Entry.Chose(String what, String value)) {
        if (what.equals(Journal.Entry.Chose.PROCESS)) {
          continue; // no place of the request
        }
        if (!what.equals("timer")) {
          state.put(what, value);
        } else if (watched.timers()) {
          DueTimers.add(state, value);
        }
      }
    }
  }

  /** Adds what was written to the error log, where that was noted. */
  static void lines(Journal journal, Map<String, @Nullable Object> state) {
    if (journal.lineLevel() != Journal.NO_LINES) {
      List<String> lines = journal.lines();
      state.put(Watched.LOG, lines.isEmpty() ? null : lines);
    }
  }
}
