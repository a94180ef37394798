package dev.banyan.router.parity;

import java.util.List;

/** Immutable, redacted: what is there to show the difference of a cluster again. */
public sealed interface Reproducer {
  /** The next call of this kind will be taken whole. */
  record Awaited() implements Reproducer {}

  /**
   * A whole call of this kind.
   *
   * @param vector the call as the text of a vector
   * @param hidden the places whose values were redacted; who runs it has to see whether it still
   *     differs
   */
  record Held(String vector, List<String> hidden) implements Reproducer {
    /** Copies the places. */
    public Held {
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * Somebody has made a smaller call of it, which was seen to differ in the same way.
   *
   * @param vector the call as the text of a vector, with what Lua does
   * @param differences each place at which the port does otherwise
   */
  record Shrunk(String vector, List<Difference> differences) implements Reproducer {
    /** Copies the differences. */
    public Shrunk {
      differences = List.copyOf(differences);
    }
  }

  /** Calls of this kind can't be had whole. */
  record Refused(String reason) implements Reproducer {}
}
