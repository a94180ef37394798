package dev.banyan.router.parity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a difference that is known and let pass for a while.
 *
 * @param at the places that it is about
 * @param function the one function that it is about; null for all
 * @param lenience what passes there
 * @param reason why, for those who read it later
 * @param until the last day on which it counts, in UTC
 * @param line where it is configured
 */
public record ParityRule(
    PathPattern at,
    @Nullable String function,
    Lenience lenience,
    String reason,
    LocalDate until,
    int line) {
  /** Whether it counts no more. */
  public boolean expired(LocalDate today) {
    return today.isAfter(until);
  }
}
