package dev.banyan.router.parity;

import java.util.List;

/**
 * Immutable: how many calls took how long, as finely as they were recorded.
 *
 * @param recorded by time, the shortest first
 */
public record LatencyCounts(List<Recorded> recorded) {
  /** Copies the list. */
  public LatencyCounts {
    recorded = List.copyOf(recorded);
  }

  /**
   * Calls that took about as long.
   *
   * @param seconds in the middle of what is recorded as the same
   * @param calls how many
   */
  public record Recorded(double seconds, long calls) {}

  /** How many calls there were. */
  public long calls() {
    return recorded.stream().mapToLong(Recorded::calls).sum();
  }

  /** How long all of them took, in seconds. */
  public double seconds() {
    return recorded.stream().mapToDouble(one -> one.seconds() * one.calls()).sum();
  }
}
