package dev.banyan.router.parity;

/**
 * Immutable: a distribution's figures, in microseconds.
 *
 * @param count how many calls
 */
public record Latency(long count, double mean, double p50, double p90, double p99, double max) {
  /** No call yet. */
  public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);
}
