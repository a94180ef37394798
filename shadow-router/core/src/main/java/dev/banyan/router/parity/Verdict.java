package dev.banyan.router.parity;

import java.util.Locale;

/** What became of one shadowed call. */
public enum Verdict {
  /** Both sides answered the same. */
  MATCHED,
  /** They differ, but only where a rule says so. */
  IGNORED,
  /** They differ. */
  MISMATCHED,
  /** The candidate was not run: shed, declined, or not able to answer this call. */
  SKIPPED,
  /** The candidate, or the comparison, failed. */
  BROKEN;

  /** The name in JSON and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
