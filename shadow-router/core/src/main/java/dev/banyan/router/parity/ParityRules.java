package dev.banyan.router.parity;

/**
 * Immutable: how parity is measured and how much of it is kept.
 *
 * @param target the parity that every class of traffic has to have at least before a module counts
 *     as proven; above 0, below 1
 * @param samples mismatches kept of each module
 */
public record ParityRules(double target, int samples) {
  /** The parity that is asked for unless configured: 381 calls of a class without a mismatch. */
  public static final double DEFAULT_TARGET = 0.99;

  /** Refuses a target that can't be reached. */
  public ParityRules {
    if (target <= 0 || target >= 1) {
      throw new IllegalArgumentException("a target is above 0 and below 1");
    }
  }
}
