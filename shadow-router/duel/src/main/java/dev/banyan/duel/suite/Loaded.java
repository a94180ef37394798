package dev.banyan.duel.suite;

import java.util.List;

/**
 * What came of reading a suite or a recording. Immutable.
 *
 * @param cases what can be asked
 * @param flaws what can't, in the order of the file
 */
public record Loaded(List<Case> cases, List<Flaw> flaws) {
  /** Copies the lists. */
  public Loaded {
    cases = List.copyOf(cases);
    flaws = List.copyOf(flaws);
  }

  /**
   * The cases of what has no flaw.
   *
   * @throws SuiteException with all that is wrong
   */
  List<Case> flawless() {
    if (!flaws.isEmpty()) {
      throw new SuiteException(flaws.stream().map(Flaw::toString).toList());
    }
    return cases;
  }
}
