package dev.banyan.router.parity;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers, and texts that say one in decimal, with all their digits. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,32}(\\.\\d{0,32})?|\\.\\d{1,32})([eE][+-]?\\d{1,3})?");

  /** Beyond, sums have more digits than there is memory. */
  private static final int MOST_DIGITS = 1_100;

  private Numbers() {}

  /** The number that a value is or says, or null; infinity and what is no number say none. */
  static @Nullable BigDecimal of(@Nullable Object value) {
    return switch (value) {
      case BigDecimal number -> Math.abs((long) number.scale()) <= MOST_DIGITS ? number : null;
      case Long number -> BigDecimal.valueOf(number);
      case Number number when Double.isFinite(number.doubleValue()) ->
          BigDecimal.valueOf(number.doubleValue());
      case String text when DECIMAL.matcher(text).matches() -> new BigDecimal(text);
      case null, default -> null;
    };
  }

  /** Whether two numbers are no further apart; at the border they are near. */
  static boolean near(
      @Nullable BigDecimal control, @Nullable BigDecimal candidate, BigDecimal distance) {
    return control != null
        && candidate != null
        && control.subtract(candidate).abs().compareTo(distance) <= 0;
  }
}
