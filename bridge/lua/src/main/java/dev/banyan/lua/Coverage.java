package dev.banyan.lua;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Immutable, for any thread: which code of one Lua file's functions watched calls have run.
 *
 * @param lines the lines that hold code
 * @param reached those of them that ran
 * @param branches both ways on from each conditional jump
 * @param taken those of them that were gone
 */
public record Coverage(
    NavigableSet<Integer> lines,
    NavigableSet<Integer> reached,
    NavigableSet<BranchOutcome> branches,
    NavigableSet<BranchOutcome> taken) {
  /** That of no code. */
  public static final Coverage NONE =
      new Coverage(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

  /** Copies the sets. */
  public Coverage {
    lines = Collections.unmodifiableNavigableSet(new TreeSet<>(lines));
    reached = Collections.unmodifiableNavigableSet(new TreeSet<>(reached));
    branches = Collections.unmodifiableNavigableSet(new TreeSet<>(branches));
    taken = Collections.unmodifiableNavigableSet(new TreeSet<>(taken));
  }

  /** What this one or that one has seen of the same file. */
  public Coverage and(Coverage other) {
    return new Coverage(
        joined(lines, other.lines),
        joined(reached, other.reached),
        joined(branches, other.branches),
        joined(taken, other.taken));
  }

  private static <T> NavigableSet<T> joined(NavigableSet<T> one, NavigableSet<T> other) {
    NavigableSet<T> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  /** The lines that did not run. */
  public NavigableSet<Integer> missingLines() {
    NavigableSet<Integer> missing = new TreeSet<>(lines);
    missing.removeAll(reached);
    return missing;
  }

  /** The ways that were not gone. */
  public NavigableSet<BranchOutcome> missingBranches() {
    NavigableSet<BranchOutcome> missing = new TreeSet<>(branches);
    missing.removeAll(taken);
    return missing;
  }
}
