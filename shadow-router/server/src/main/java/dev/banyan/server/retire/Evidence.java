package dev.banyan.server.retire;

/**
 * Immutable: one point of the proof that a module's Lua may be deleted.
 *
 * @param about what it is about
 * @param state what it says
 * @param figure the figure or the place
 * @param next how to get what is missing; empty when nothing is
 */
public record Evidence(String about, State state, String figure, String next) {
  /** What a point says. */
  public enum State {
    /** Nothing speaks against the deletion. */
    HOLDS,
    /** To be known, but not against it. */
    NOTE,
    /** It may not be deleted yet. */
    MISSING
  }

  static Evidence holds(String about, String figure) {
    return new Evidence(about, State.HOLDS, figure, "");
  }

  static Evidence note(String about, String figure, String next) {
    return new Evidence(about, State.NOTE, figure, next);
  }

  static Evidence missing(String about, String figure, String next) {
    return new Evidence(about, State.MISSING, figure, next);
  }
}
