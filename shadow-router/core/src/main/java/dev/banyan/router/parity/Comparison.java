package dev.banyan.router.parity;

import java.util.List;
import java.util.Set;

/**
 * Immutable: what comparing two answers found.
 *
 * @param differences those that no rule hides
 * @param used the rules that hid one
 */
public record Comparison(List<Difference> differences, Set<ParityRule> used) {
  /** Copies both. */
  public Comparison {
    differences = List.copyOf(differences);
    used = Set.copyOf(used);
  }

  /** What follows from it. */
  public Verdict verdict() {
    if (!differences.isEmpty()) {
      return Verdict.MISMATCHED;
    }
    return used.isEmpty() ? Verdict.MATCHED : Verdict.IGNORED;
  }
}
