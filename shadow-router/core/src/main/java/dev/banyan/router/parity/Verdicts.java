package dev.banyan.router.parity;

/**
 * Immutable: how often each verdict was given.
 *
 * @param matched both sides answered the same
 * @param ignored they differ, but only where a rule says so
 * @param mismatched they differ
 * @param skipped the candidate was not run
 * @param broken the candidate failed, which counts against parity
 */
public record Verdicts(long matched, long ignored, long mismatched, long skipped, long broken) {
  /** Nothing was compared. */
  static final Verdicts NONE = new Verdicts(0, 0, 0, 0, 0);

  /** Both together. */
  Verdicts plus(Verdicts more) {
    return new Verdicts(
        matched + more.matched,
        ignored + more.ignored,
        mismatched + more.mismatched,
        skipped + more.skipped,
        broken + more.broken);
  }

  /** Shadowed calls that say something. */
  public long compared() {
    return matched + ignored + mismatched + broken;
  }

  /** Calls to which the sides answered differently, or the candidate not at all. */
  public long different() {
    return mismatched + broken;
  }

  /** The share of compared calls that agree, from 0 to 1; 0 without any. */
  public double parity() {
    return compared() == 0 ? 0 : (double) (matched + ignored) / compared();
  }

  /** What the parity is at least, with 97.5 % confidence. */
  public double lowerBound() {
    return Wilson.lowerBound(matched + ignored, compared());
  }
}
