package dev.banyan.modules.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * Immutable: a bucket's measures in thousandths of requests; its state is {@code excess:last}.
 *
 * @param rate what leaks out in a second
 * @param burst what it holds
 */
record Bucket(double rate, double burst) {
  /** Every number of so many digits is exact as a double. */
  private static final int MOST_DIGITS = 15;

  private static final double REQUEST = 1000;
  private static final double LEAST_SECONDS = 60;

  /** What is in the bucket with one more request, at {@code now} in milliseconds. */
  double add(@Nullable Object state, double now) {
    if (state == null) {
      return 0;
    }
    String text = state instanceof String known ? known : "";
    int colon = text.indexOf(':');
    double old = number(text, 0, colon);
    double elapsed = Math.max(0, now - number(text, colon + 1, text.length()));
    return Math.max(0, old - Math.floor(rate * elapsed / 1000) + REQUEST);
  }

  /** A whole number of digits alone. */
  private static double number(String text, int from, int to) {
    double value = 0;
    boolean digits = to > from && to - from <= MOST_DIGITS;
    for (int i = from; digits && i < to; i++) {
      char c = text.charAt(i);
      digits = c >= '0' && c <= '9';
      value = value * 10 + (c - '0');
    }
    if (!digits) {
      throw new IllegalArgumentException("a state that this port doesn't read: it is left to Lua");
    }
    return value;
  }

  /** How long the state is of interest, in seconds. */
  double ttl() {
    return burst / Math.max(rate, 1) + LEAST_SECONDS;
  }
}
