package dev.banyan.lua;

import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Lua's numbers: doubles, kept as LuaJ integers where they are integral, printed as LuaJIT does.
 */
public final class LuaNumbers {
  /** Minus zero, which LuaJ's own factory turns into the integer zero. */
  public static final LuaNumber NEGATIVE_ZERO = negativeZero();

  private static final MathContext FOURTEEN = new MathContext(14, RoundingMode.HALF_UP);
  private static final MathContext FOURTEEN_IN_C = new MathContext(14, RoundingMode.HALF_EVEN);

  private LuaNumbers() {}

  /** The Lua number of a double, the sign of zero kept. */
  public static LuaNumber of(double d) {
    int i = (int) d;
    if (i == d) {
      return i != 0 || Double.doubleToRawLongBits(d) == 0 ? LuaInteger.valueOf(i) : NEGATIVE_ZERO;
    }
    return LuaDouble.valueOf(d);
  }

  /** The Lua number of a long. */
  public static LuaNumber of(long n) {
    int i = (int) n;
    return i == n ? LuaInteger.valueOf(i) : LuaDouble.valueOf((double) n);
  }

  /**
   * {@code %.14g} as C's printf spells it: unlike LuaJIT, it shows the sign of a NaN, and of two
   * texts that are equally near it takes the even one.
   */
  public static String formatAsC(double d) {
    return Double.isNaN(d) && Double.doubleToRawLongBits(d) < 0 ? "-nan" : format(d, FOURTEEN_IN_C);
  }

  /** C's {@code %.Ng}, exact to the last digit, but without the sign of a NaN. */
  public static String formatAsC(double d, int precision) {
    if (precision == FOURTEEN_IN_C.getPrecision()) {
      return format(d, FOURTEEN_IN_C);
    }
    if (d == 0) {
      return 1 / d < 0 ? "-0" : "0";
    }
    return Double.isFinite(d)
        ? rounded(d, new MathContext(precision, RoundingMode.HALF_EVEN))
        : format(d, FOURTEEN_IN_C);
  }

  /** {@code %.14g}, with LuaJIT's spelling of the values that are not finite. */
  public static String format(double d) {
    return format(d, FOURTEEN);
  }

  private static String format(double d, MathContext rounding) {
    if (d == (long) d && Math.abs(d) < 1e14) {
      return d == 0 && 1 / d < 0 ? "-0" : Long.toString((long) d);
    }
    if (Double.isNaN(d)) {
      return "nan";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "inf" : "-inf";
    }
    return rounded(d, rounding);
  }

  private static String rounded(double d, MathContext rounding) {
    BigDecimal rounded = new BigDecimal(d).round(rounding);
    String digits = rounded.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    digits = stripZeros(digits);
    String sign = d < 0 ? "-" : "";
    if (exponent < -4 || exponent >= rounding.getPrecision()) {
      return sign + scientific(digits, exponent);
    }
    return sign + positional(digits, exponent);
  }

  private static String stripZeros(String digits) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    int magnitude = Math.abs(exponent);
    return digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (magnitude < 10 ? "0" : "")
        + magnitude;
  }

  private static String positional(String digits, int exponent) {
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    if (digits.length() <= exponent + 1) {
      return digits + "0".repeat(exponent + 1 - digits.length());
    }
    return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }

  /** The number that {@code tonumber} makes of a value in base ten, or null. */
  public static @Nullable LuaNumber parse(LuaValue value) {
    if (value instanceof LuaNumber number) {
      return number;
    }
    return value instanceof LuaString s ? parse(s) : null;
  }

  /** The number a string spells, surrounding white space allowed, or null. */
  public static @Nullable LuaNumber parse(LuaString s) {
    int start = s.m_offset;
    int end = start + s.m_length;
    byte[] bytes = s.m_bytes;
    while (start < end && isSpace(bytes[start])) {
      start++;
    }
    while (end > start && isSpace(bytes[end - 1])) {
      end--;
    }
    if (start == end) {
      return null;
    }
    return NumberScanner.scan(bytes, start, end);
  }

  /** Whether C's isspace holds for a byte. */
  public static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private static LuaNumber negativeZero() {
    try {
      Constructor<LuaDouble> constructor = LuaDouble.class.getDeclaredConstructor(double.class);
      constructor.setAccessible(true);
      return constructor.newInstance(-0.0);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The number of digits alone, as nginx reads them; -1 for anything else and for what is too
   * large.
   */
  public static long ofDigits(byte[] digits) {
    long number = digits.length == 0 ? -1 : 0;
    for (byte digit : digits) {
      int value = digit - '0';
      if (value < 0 || value > 9 || number > (Long.MAX_VALUE - value) / 10) {
        return -1;
      }
      number = number * 10 + value;
    }
    return number;
  }
}
