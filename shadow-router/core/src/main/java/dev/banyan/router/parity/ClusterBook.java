package dev.banyan.router.parity;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For any thread: the mismatches of one module by shape, at most {@link #MAX_CLUSTERS} of them. The
 * first ones stay, so that a flood of new shapes can't drive out what was found; the others are
 * counted.
 */
final class ClusterBook {
  /** Clusters that a module has. */
  static final int MAX_CLUSTERS = 100;

  /** Classes of traffic that a cluster names. */
  static final int MAX_CLASSES = 8;

  /** Whole calls of a cluster that may be refused before no more are taken. */
  static final int MAX_REFUSALS = 5;

  private static final Reproducer AWAITED = new Reproducer.Awaited();

  private final Map<Shape, Growing> clusters = new LinkedHashMap<>();
  private long overflowed;

  /** How many clusters wait for a whole call; written under the lock, read without. */
  private volatile int awaiting;

  /** A cluster that may still grow; guarded by its book. */
  private static final class Growing {
    private final Instant first;
    private final Set<String> classes = new LinkedHashSet<>();
    private Mismatch newest;
    private Reproducer reproducer = AWAITED;
    private int refusals;
    private long count;

    Growing(Mismatch mismatch) {
      this.first = mismatch.when();
      this.newest = mismatch;
    }

    boolean isAwaiting() {
      return reproducer instanceof Reproducer.Awaited
          || (reproducer instanceof Reproducer.Refused && refusals < MAX_REFUSALS);
    }

    void reproducer(Reproducer given) {
      if (given instanceof Reproducer.Refused) {
        refusals++;
      }
      reproducer = given;
    }

    void add(Mismatch mismatch) {
      count++;
      newest = mismatch;
      if (classes.size() < MAX_CLASSES) {
        classes.add(mismatch.trafficClass());
      }
    }
  }

  synchronized void add(Mismatch mismatch) {
    Growing known = clusters.get(mismatch.shape());
    if (known == null) {
      if (clusters.size() == MAX_CLUSTERS) {
        overflowed++;
        return;
      }
      known = new Growing(mismatch);
      clusters.put(mismatch.shape(), known);
      awaiting++;
    }
    known.add(mismatch);
  }

  /** Whether a cluster waits for a whole call; asked at each shadowed call. */
  boolean isAwaiting() {
    return awaiting > 0;
  }

  /** Whether this cluster waits for one. */
  synchronized boolean isAwaiting(Shape shape) {
    Growing known = clusters.get(shape);
    return known != null && known.isAwaiting();
  }

  /** Says what is there to show a cluster again; nothing when there is no such cluster. */
  synchronized void reproducer(Shape shape, Reproducer reproducer) {
    Growing known = clusters.get(shape);
    if (known != null) {
      known.reproducer(reproducer);
      awaiting = (int) clusters.values().stream().filter(Growing::isAwaiting).count();
    }
  }

  /** All of them, the largest first. */
  synchronized List<Cluster> snapshot() {
    return clusters.entrySet().stream()
        .map(entry -> {
          Growing grown = entry.getValue();
          return new Cluster(
              entry.getKey(),
              grown.count,
              grown.first,
              grown.newest.when(),
              List.copyOf(grown.classes),
              grown.newest,
              grown.reproducer);
        })
        .sorted(Comparator.comparingLong(Cluster::count).reversed())
        .toList();
  }

  /** Mismatches whose shape came when there were too many. */
  synchronized long overflowed() {
    return overflowed;
  }
}
