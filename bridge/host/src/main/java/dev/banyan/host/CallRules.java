package dev.banyan.host;

import dev.banyan.api.FailMode;
import java.time.Duration;

/**
 * Immutable: what the calls of one module may take, and what follows when one fails.
 *
 * @param failMode what a failed call means for the request
 * @param deadline how long a call may take, waiting included
 * @param maxConcurrent how many calls may be under way at once, of all workers together
 * @param breaker when the module is left to Lua
 */
public record CallRules(
    FailMode failMode, Duration deadline, int maxConcurrent, Breaker.Rules breaker) {
  /** What counts where nothing is configured. */
  public static final CallRules DEFAULT =
      new CallRules(FailMode.LUA, Duration.ofMillis(250), 256, Breaker.Rules.DEFAULT);

  /** Checks the bounds. */
  public CallRules {
    if (deadline.isNegative() || deadline.isZero() || maxConcurrent < 1) {
      throw new IllegalArgumentException("a deadline and a number of calls are positive");
    }
  }
}
