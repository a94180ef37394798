package dev.banyan.duel.suite;

/** One request of a case, and what the duel's own origin answers when it gets it. */
public record Step(Request request, OriginAnswer origin) {
  /** The same with another request. */
  public Step with(Request other) {
    return new Step(other, origin);
  }
}
