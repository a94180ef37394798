package dev.banyan.router.parity;

import java.time.Instant;
import java.util.List;

/**
 * Immutable, redacted: mismatches that have one shape.
 *
 * @param count how many there were
 * @param first when the first was seen
 * @param last when the last was seen
 * @param classes the classes of traffic that they came from, at most {@link
 *     ClusterBook#MAX_CLASSES}, in the order of their coming
 * @param example the newest, with both answers
 * @param reproducer what is there to show it again
 */
public record Cluster(
    Shape shape,
    long count,
    Instant first,
    Instant last,
    List<String> classes,
    Mismatch example,
    Reproducer reproducer) {
  /** Copies the classes. */
  public Cluster {
    classes = List.copyOf(classes);
  }
}
