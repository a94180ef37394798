package dev.banyan.server.samples;

import java.time.Duration;

/**
 * Immutable: how much is kept on disk.
 *
 * @param files how many files; 0 keeps nothing on disk
 * @param maxBytes how large one may grow
 * @param keep how old one may become
 */
public record StoreRules(int files, long maxBytes, Duration keep) {
  /** What is used unless configured: at most 32 MiB, of a week. */
  public static final StoreRules DEFAULT = new StoreRules(4, 8L * 1024 * 1024, Duration.ofDays(7));
}
