package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;

/**
 * Owned by its request's loop: told which functions that have ports the handlers of one request
 * call, and what each asked of the world.
 */
public interface CallNotes {
  /**
   * A function is called.
   *
   * @param entry whether by the handler's own thread rather than by a light thread of it
   * @return whether the call is noted; then {@link #ended} follows
   */
  boolean begins(String module, String function, boolean entry);

  /**
   * The noted call has ended, however it did.
   *
   * @param journal what was asked of the world meanwhile
   */
  void ended(Journal journal);
}
