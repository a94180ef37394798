package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import java.util.Set;

/** Called on the workers' threads while calls of a module are recorded; must not block or throw. */
public interface CallRecorder {
  /** The nginx variables whose values are recorded. */
  Set<String> variables();

  /** The fields of computed tables that are recorded: names that the module's text mentions. */
  Set<String> members();

  /** The longest body, printed answer or piece that is recorded, in octets. */
  int maxBody();

  /** Up to which level lines of the error log are noted, as a {@link Journal} has it. */
  default int lineLevel() {
    return Journal.NO_LINES;
  }

  /** Whether the next call is to be recorded. */
  boolean wants();

  /**
   * A call was answered by Lua.
   *
   * @return whether it is kept; what it was the first to reach counts as reached only then
   */
  boolean recorded(RecordedCall call);

  /** A call could not be recorded; it went on as if nobody had listened. */
  void failed(String function, String reason);
}
