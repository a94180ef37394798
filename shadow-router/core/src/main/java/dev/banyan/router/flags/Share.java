package dev.banyan.router.flags;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A share of the users, in hundredths of a percent.
 *
 * @param basisPoints 0 (nobody) to 10,000 (everybody)
 */
public record Share(int basisPoints) implements Comparable<Share> {
  /** Buckets, and so the finest step of a share. */
  public static final int BUCKETS = 10_000;

  /** Nobody. */
  public static final Share NONE = new Share(0);

  /** Everybody. */
  public static final Share ALL = new Share(BUCKETS);

  private static final BigDecimal STEPS_PER_PERCENT = BigDecimal.valueOf(100);

  /** Checks the range. */
  public Share {
    if (basisPoints < 0 || basisPoints > BUCKETS) {
      throw new IllegalArgumentException("share " + basisPoints + " is not in 0..10000");
    }
  }

  /**
   * Reads a percentage such as {@code 5}, {@code 0.25} or {@code 5%}.
   *
   * @throws IllegalArgumentException saying what is accepted
   */
  public static Share parse(String text) {
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    try {
      int steps = new BigDecimal(digits.strip()).multiply(STEPS_PER_PERCENT).intValueExact();
      if (steps >= 0 && steps <= BUCKETS) {
        return new Share(steps);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw refused(text, e);
    }
    throw refused(text, null);
  }

  private static IllegalArgumentException refused(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "percentage \"" + text + "\" is not accepted: expected 0 to 100 in steps of 0.01", cause);
  }

  /** The percentage as a number. */
  public double percent() {
    return basisPoints / 100.0;
  }

  /** Whether a bucket is inside: raising a share only adds buckets. */
  public boolean includes(int bucket) {
    return bucket < basisPoints;
  }

  @Override
  public int compareTo(Share other) {
    return Integer.compare(basisPoints, other.basisPoints);
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + "%";
  }
}
