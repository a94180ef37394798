package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;

/** A boxed {@code int64_t} or {@code uint64_t}: what {@code 1LL} and {@code 1ULL} are. */
public final class Int64 extends CData {
  private static final Object NO_JAVA_VALUE = new Object();
  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private final long bits;
  private final boolean unsigned;

  private Int64(long bits, boolean unsigned) {
    super(NO_JAVA_VALUE);
    this.bits = bits;
    this.unsigned = unsigned;
  }

  /** An {@code int64_t}. */
  public static Int64 signed(long value) {
    return new Int64(value, false);
  }

  /** A {@code uint64_t} of these bits. */
  public static Int64 unsigned(long bits) {
    return new Int64(bits, true);
  }

  /** Either of them. */
  public static Int64 of(long bits, boolean unsigned) {
    return new Int64(bits, unsigned);
  }

  /**
   * The operand of 64-bit arithmetic that a value is: a number, or data that is one; null for all
   * else.
   */
  public static @Nullable Int64 operand(LuaValue value) {
    if (value instanceof CData data) {
      return data.int64();
    }
    return value instanceof LuaNumber n ? signed(toLong(n.todouble())) : null;
  }

  /** The bits. */
  public long bits() {
    return bits;
  }

  /** Whether it is a {@code uint64_t}. */
  public boolean isUnsigned() {
    return unsigned;
  }

  @Override
  public String cTypeName() {
    return unsigned ? "uint64_t" : "int64_t";
  }

  @Override
  public LuaNumber number() {
    return LuaNumbers.of(toDouble(bits, unsigned));
  }

  @Override
  public Int64 int64() {
    return this;
  }

  @Override
  public String toString() {
    return unsigned ? Long.toUnsignedString(bits) + "ULL" : bits + "LL";
  }

  /** The double that is nearest to 64 bits. */
  public static double toDouble(long bits, boolean unsigned) {
    if (!unsigned || bits >= 0) {
      return (double) bits;
    }
    return (double) ((bits >>> 1) | (bits & 1)) * 2;
  }

  /** A double cut to 64 bits as x64 does it: what does not fit is the least integer. */
  public static long toLong(double d) {
    return Double.isNaN(d) || d >= TWO_TO_63 ? Long.MIN_VALUE : (long) d;
  }

  /** A double as the bits of a {@code uint64_t}, as x64 makes them of negative ones too. */
  public static long toUnsignedLong(double d) {
    long cut = toLong(d);
    return cut < 0 ? toLong(d - TWO_TO_64) : cut;
  }

  /**
   * The integer that a numeral with {@code LL} or {@code ULL} behind it spells; null when the text
   * is none, or too large.
   */
  static @Nullable Int64 parse(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (!lower.endsWith("ll") && !lower.endsWith("llu")) {
      return null;
    }
    boolean unsigned = lower.endsWith("llu") || lower.endsWith("ull");
    String digits = lower.substring(0, lower.length() - (unsigned ? 3 : 2));
    int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0b") ? 2 : 10;
    String plain = radix == 10 ? digits : digits.substring(2);
    if (plain.isEmpty() || Character.digit(plain.charAt(0), radix) < 0) {
      return null;
    }
    try {
      return of(Long.parseUnsignedLong(plain, radix), unsigned);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
