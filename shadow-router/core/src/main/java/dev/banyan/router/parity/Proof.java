package dev.banyan.router.parity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: whether the shadow has shown enough to let Java answer. The weakest class decides, so
 * that a rare one can't hide behind a million easy calls.
 *
 * @param target the parity that every class has to have at least, below 1
 * @param weakest the class that is proven least; null while nothing was compared
 * @param classes classes with compared calls
 * @param unproven how many of them are below the target
 */
public record Proof(double target, @Nullable ClassParity weakest, int classes, int unproven) {
  /** The proof that lies in these classes. */
  static Proof of(double target, List<ClassParity> classes) {
    List<ClassParity> compared = classes.stream().filter(c -> c.verdicts().compared() > 0).toList();
    int unproven = (int) compared.stream().filter(c -> c.verdicts().lowerBound() < target).count();
    ClassParity weakest = compared.stream().min(ClassParity.WEAKEST_FIRST).orElse(null);
    return new Proof(target, weakest, compared.size(), unproven);
  }

  /** Whether every class that was seen is proven. */
  public boolean holds() {
    return weakest != null && unproven == 0;
  }

  /** The parity of the weakest class at least; 0 while nothing was compared. */
  public double atLeast() {
    return weakest == null ? 0 : weakest.verdicts().lowerBound();
  }

  /**
   * Calls that the weakest class still needs if all of them agree; 0 when it is proven or was never
   * compared.
   */
  public long missing() {
    if (weakest == null) {
      return 0;
    }
    Verdicts verdicts = weakest.verdicts();
    return Wilson.missing(verdicts.matched() + verdicts.ignored(), verdicts.compared(), target);
  }
}
