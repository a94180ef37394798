package dev.banyan.lua.ngx.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** C's {@code %.Ng}, exact to the last digit. */
final class JsonNumbers {
  private static final double LARGEST_PLAIN = 1e14;

  private JsonNumbers() {}

  static String format(double d, int precision) {
    if (precision == 14 && d == (long) d && Math.abs(d) < LARGEST_PLAIN) {
      return d == 0 && 1 / d < 0 ? "-0" : Long.toString((long) d);
    }
    if (Double.isNaN(d)) {
      return "nan";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "inf" : "-inf";
    }
    if (d == 0) {
      return 1 / d < 0 ? "-0" : "0";
    }
    BigDecimal rounded =
        new BigDecimal(d).round(new MathContext(precision, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    String sign = d < 0 ? "-" : "";
    String stripped = strip(digits);
    return sign
        + (exponent < -4 || exponent >= precision
            ? scientific(stripped, exponent)
            : positional(stripped, exponent));
  }

  private static String strip(String digits) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    int size = Math.abs(exponent);
    return digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (size < 10 ? "0" : "")
        + size;
  }

  private static String positional(String digits, int exponent) {
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    int whole = exponent + 1;
    return digits.length() <= whole
        ? digits + "0".repeat(whole - digits.length())
        : digits.substring(0, whole) + "." + digits.substring(whole);
  }
}
