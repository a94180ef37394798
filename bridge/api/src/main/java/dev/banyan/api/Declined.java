package dev.banyan.api;

/**
 * Thrown by a port to leave this call to Lua, wherever it finds out that it can't answer; a handler
 * may answer {@link Decision#decline} as well. The reason is counted and shown.
 */
public final class Declined extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Declines for this reason, in a few words that stay the same for all such calls. */
  public Declined(String reason) {
    super(reason, null, false, false);
  }
}
