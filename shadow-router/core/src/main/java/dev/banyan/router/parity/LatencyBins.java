package dev.banyan.router.parity;

import java.util.List;

/**
 * Immutable: how many calls took how long, in bins that are equally wide on a logarithmic scale.
 *
 * @param edges in microseconds, one more than there are bins; the same for every module
 * @param counts of calls, by bin
 */
public record LatencyBins(List<Double> edges, List<Long> counts) {
  /** Copies both. */
  public LatencyBins {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
  }
}
