package dev.banyan.server.learn;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Immutable: how long and how much is recorded.
 *
 * @param seconds how long at most, 1 to {@link #MOST_SECONDS}
 * @param vectors how many vectors at most, 1 to {@link #MOST_VECTORS}
 * @param keep names of headers, cookies and fields whose values are recorded though they are secret
 */
public record LearnOptions(int seconds, int vectors, Set<String> keep) {
  /** The longest recording. */
  public static final int MOST_SECONDS = 3_600;

  /** The most vectors of one recording. */
  public static final int MOST_VECTORS = 1_000;

  /** Checks the bounds. */
  public LearnOptions {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "\"seconds\" is " + seconds + ", expected 1 to " + MOST_SECONDS);
    }
    if (vectors < 1 || vectors > MOST_VECTORS) {
      throw new IllegalArgumentException(
          "\"vectors\" is " + vectors + ", expected 1 to " + MOST_VECTORS);
    }
    keep = keep.stream().map(LearnOptions::normal).collect(Collectors.toSet());
  }

  /** A name as {@code keep} holds it: a header and the variable of it are the same. */
  static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
