package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what the control did in one call, as it was noted when it ended. What
 * is compared is made of it where that happens, so that no user waits for it.
 */
public final class NotedCall {
  private final Look before;
  private final Look after;
  private final KeptValues results;
  private final @Nullable String error;
  private final @Nullable String ending;
  private final @Nullable String body;
  private final String defaultType;
  private final Journal journal;

  /**
   * What was noted.
   *
   * @param error the text that Lua raised, or null
   * @param ending what ended the whole handler, or null
   * @param body what it sent as a body, or null
   * @param defaultType the Content-Type of an answer that says none; empty for none
   */
  NotedCall(
      Look before,
      Look after,
      KeptValues results,
      @Nullable String error,
      @Nullable String ending,
      @Nullable String body,
      String defaultType,
      Journal journal) {
    this.before = before;
    this.after = after;
    this.results = results;
    this.error = error;
    this.ending = ending;
    this.body = body;
    this.defaultType = defaultType;
    this.journal = journal;
  }

  /** What it asked of the world, and did there. */
  public Journal journal() {
    return journal;
  }

  /** The Content-Type of an answer in its place that says none; empty for none. */
  public String defaultType() {
    return defaultType;
  }

  /** The watched places. */
  public Watched watched() {
    return before.watched();
  }

  /** The watched places before it. */
  public Observed before() {
    return before.observed();
  }

  /** What it answered, and the watched places after it. */
  public Observed after() {
    Places state = after.places();
    Watched watched = before.watched();
    if (watched.peer() || watched.timers() || journal.lineLevel() != Journal.NO_LINES) {
      state = Places.copy(state);
      if (watched.peer() || watched.timers()) {
        RequestState.choices(journal, watched, state);
      }
      RequestState.lines(journal, state);
    }
    return new Observed(results.list(), error, ending, state, body);
  }
}
