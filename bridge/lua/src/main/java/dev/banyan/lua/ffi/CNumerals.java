package dev.banyan.lua.ffi;

import java.math.BigInteger;
import org.luaj.vm2.LuaValue;

/** What {@code strtol} and its kin compute. */
final class CNumerals {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MOST_UNSIGNED = MOST.shiftLeft(1).add(BigInteger.ONE);

  private CNumerals() {}

  static LuaValue signed(CArguments c) {
    BigInteger value = read(c);
    return c.result(value.max(LEAST).min(MOST).longValue());
  }

  static LuaValue unsigned(CArguments c) {
    BigInteger value = read(c);
    boolean fits = value.abs().compareTo(MOST_UNSIGNED) <= 0;
    return c.result(fits ? value.longValue() : -1);
  }

  /** The number at the start of the text; the second argument gets where it ends. */
  private static BigInteger read(CArguments c) {
    PointerData text = c.pointer(1);
    long i = 0;
    while (CStrings.isSpace(octet(text, i))) {
      i++;
    }
    boolean negative = octet(text, i) == '-';
    if (negative || octet(text, i) == '+') {
      i++;
    }
    int base = (int) c.integer(3);
    boolean prefixed =
        (base == 0 || base == 16)
            && octet(text, i) == '0'
            && (octet(text, i + 1) | 32) == 'x'
            && Character.digit(octet(text, i + 2), 16) >= 0;
    if (base == 0) {
      base = prefixed ? 16 : octet(text, i) == '0' ? 8 : 10;
    }
    i += prefixed ? 2 : 0;
    long first = i;
    BigInteger value = BigInteger.ZERO;
    for (int digit = digit(text, i, base); digit >= 0; digit = digit(text, ++i, base)) {
      // What is too large stays so: more digits need no more work.
      if (value.bitLength() <= Long.SIZE) {
        value = value.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(digit));
      }
    }
    c.storePointer(2, text, i == first ? 0 : i);
    return negative ? value.negate() : value;
  }

  private static int digit(PointerData text, long at, int base) {
    return Character.digit(octet(text, at), base);
  }

  private static int octet(PointerData text, long more) {
    return (int) text.memory.read(text.offset + more, 1);
  }
}
