package dev.banyan.lua.lib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** C's conversions of doubles: {@code %e %f %g %a}. */
final class FloatFormat {
  private FloatFormat() {}

  static String format(FormatSpec spec, double value) {
    boolean upper = Character.isUpperCase(spec.conversion());
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String word = Double.isNaN(value) ? "nan" : "inf";
      String sign = Double.isNaN(value) ? (spec.has(' ') ? " " : "") : spec.sign(value < 0);
      return spec.padNumber(sign, upper ? word.toUpperCase(Locale.ROOT) : word, false);
    }
    boolean negative = value < 0 || (value == 0 && 1 / value < 0);
    String digits =
        switch (Character.toLowerCase(spec.conversion())) {
          case 'e' -> exponential(Math.abs(value), precision(spec), spec.has('#'));
          case 'f' -> fixed(Math.abs(value), precision(spec), spec.has('#'));
          case 'g' -> general(Math.abs(value), precision(spec), spec.has('#'));
          default -> hexadecimal(Math.abs(value), spec.precision(), spec.has('#'));
        };
    String sign = spec.sign(negative);
    if (digits.startsWith("0x")) {
      sign += "0x";
      digits = digits.substring(2);
    }
    String text = spec.padNumber(sign, digits, true);
    return upper ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static int precision(FormatSpec spec) {
    return spec.precision() < 0 ? 6 : spec.precision();
  }

  private static String fixed(double value, int precision, boolean point) {
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_UP).toPlainString();
    return point && precision == 0 ? text + "." : text;
  }

  private static String exponential(double value, int precision, boolean point) {
    if (value == 0) {
      String zeros = precision > 0 ? "." + "0".repeat(precision) : point ? "." : "";
      return "0" + zeros + "e+00";
    }
    BigDecimal rounded = round(value, precision + 1);
    String digits = digits(rounded, precision + 1);
    int exponent = exponent(rounded);
    String fraction = digits.substring(1);
    String dot = fraction.isEmpty() && !point ? "" : ".";
    return digits.charAt(0) + dot + fraction + suffix(exponent);
  }

  private static String suffix(int exponent) {
    int magnitude = Math.abs(exponent);
    return (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
  }

  private static String general(double value, int wanted, boolean keepZeros) {
    int precision = wanted == 0 ? 1 : wanted;
    if (value == 0) {
      return keepZeros ? "0." + "0".repeat(precision - 1) : "0";
    }
    BigDecimal rounded = round(value, precision);
    int exponent = exponent(rounded);
    if (exponent < -4 || exponent >= precision) {
      String text = exponential(value, precision - 1, keepZeros);
      int e = text.indexOf('e');
      return keepZeros ? text : strip(text.substring(0, e)) + text.substring(e);
    }
    String text = fixed(value, precision - 1 - exponent, keepZeros);
    return keepZeros ? text : strip(text);
  }

  private static String strip(String text) {
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static BigDecimal round(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static String digits(BigDecimal value, int count) {
    String digits = value.unscaledValue().toString();
    return digits.length() < count
        ? digits + "0".repeat(count - digits.length())
        : digits.substring(0, count);
  }

  private static String hexadecimal(double value, int precision, boolean point) {
    if (value == 0) {
      String zeros = precision > 0 ? "." + "0".repeat(precision) : point ? "." : "";
      return "0x0" + zeros + "p+0";
    }
    int exponent = Math.getExponent(value);
    long bits = Double.doubleToLongBits(value) & 0xfffffffffffffL;
    long lead = 1;
    if (exponent < Double.MIN_EXPONENT) {
      int shift = Long.numberOfLeadingZeros(bits) - 11;
      bits = (bits << shift) & 0xfffffffffffffL;
      exponent = Double.MIN_EXPONENT - shift;
    }
    String digits;
    if (precision >= 0 && precision < 13) {
      int drop = 4 * (13 - precision);
      long all = (lead << 52) | bits;
      long half = 1L << (drop - 1);
      long rest = all & ((1L << drop) - 1);
      all >>>= drop;
      if (rest > half || (rest == half && (all & 1) == 1)) {
        all++;
      }
      lead = all >>> (4 * precision);
      long fraction = all & ((1L << (4 * precision)) - 1);
      digits = precision == 0 ? "" : String.format("%0" + precision + "x", fraction);
    } else {
      digits = String.format("%013x", bits);
      digits = precision < 0 ? digits.replaceFirst("0+$", "") : digits + "0".repeat(precision - 13);
    }
    String dot = digits.isEmpty() && !point ? "" : ".";
    return "0x" + lead + dot + digits + "p" + (exponent < 0 ? "" : "+") + exponent;
  }
}
