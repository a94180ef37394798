package dev.banyan.modules.ratelimit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a bucket's measures in thousandths of requests; its state is {@code excess:last}.
 *
 * @param rate what leaks out in a second
 * @param burst what it holds
 */
record Bucket(double rate, double burst) {
  private static final Pattern STATE = Pattern.compile("(\\d+):(\\d+)");
  private static final double REQUEST = 1000;
  private static final double LEAST_SECONDS = 60;

  /** What is in the bucket with one more request, at {@code now} in milliseconds. */
  double add(@Nullable Object state, double now) {
    if (state == null) {
      return 0;
    }
    Matcher matcher = STATE.matcher(state instanceof String text ? text : "");
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a state that is none: Lua raises an error");
    }
    double old = Double.parseDouble(matcher.group(1));
    double elapsed = Math.max(0, now - Double.parseDouble(matcher.group(2)));
    return Math.max(0, old - Math.floor(rate * elapsed / 1000) + REQUEST);
  }

  /** How long the state is of interest, in seconds. */
  double ttl() {
    return burst / Math.max(rate, 1) + LEAST_SECONDS;
  }
}
