package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code BIGNUM}: made, read, written and compared. */
final class CBigNumbers {
  /** How many bits a number has here at most: eight times what the largest RSA key has. */
  static final int MOST_BITS = 1 << 17;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("-?[0-9A-Fa-f]+");
  private static final int DECIMAL_BASE = 10;
  private static final int HEXADECIMAL_BASE = 16;

  private CBigNumbers() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    put(all, "BN_new", 0, c -> c.made(BigInteger.ZERO));
    put(all, "BN_value_one", 0, c -> c.result(c.objects().constant(BigInteger.ONE)));
    put(all, "BN_free", 1, c -> LuaValue.NONE);
    put(all, "BN_clear_free", 1, c -> LuaValue.NONE);
    put(all, "BN_dup", 1, c -> c.made(at(c, 1)));
    put(all, "BN_copy", 2, c -> into(c, 1, at(c, 2)));
    put(all, "BN_set_word", 2, c -> done(c, 1, word(c, 2)));
    put(all, "BN_get_word", 1, CBigNumbers::asWord);
    put(all, "BN_set_negative", 2, CBigNumbers::setSign);
    put(all, "BN_num_bits", 1, c -> c.result(at(c, 1).abs().bitLength()));
    put(all, "BN_bn2bin", 2, CBigNumbers::octets);
    put(all, "BN_bin2bn", 3, CBigNumbers::ofOctets);
    put(all, "BN_bn2hex", 1, c -> text(c, hexadecimal(at(c, 1))));
    put(all, "BN_bn2dec", 1, c -> text(c, decimal(c)));
    put(all, "BN_hex2bn", 2, c -> read(c, HEXADECIMAL, HEXADECIMAL_BASE));
    put(all, "BN_dec2bn", 2, c -> read(c, DECIMAL, DECIMAL_BASE));
    put(all, "BN_cmp", 2, c -> c.result(at(c, 1).compareTo(at(c, 2))));
    put(all, "BN_ucmp", 2, CBigNumbers::compareSizes);
    put(all, "BN_is_negative", 1, c -> is(c, number -> number.signum() < 0));
    put(all, "BN_is_zero", 1, c -> is(c, number -> number.signum() == 0));
    put(all, "BN_is_one", 1, c -> is(c, BigInteger.ONE::equals));
    put(all, "BN_is_odd", 1, c -> is(c, number -> number.testBit(0)));
    put(all, "BN_is_word", 2, c -> is(c, word(c, 2)::equals));
    put(all, "BN_abs_is_word", 2, c -> is(c, number -> number.abs().equals(word(c, 2))));
    return all;
  }

  static void put(
      Map<String, CFunction> all, String name, int arity, Function<CArguments, LuaValue> body) {
    all.put(name, new CFunction(arity, body));
  }

  /** The number that an argument stands for. */
  static BigInteger at(CArguments c, int index) {
    return c.object(index, BigInteger.class);
  }

  /** Lets an argument stand for a number from now on. */
  static void set(CArguments c, int index, BigInteger number) {
    if (number.bitLength() > MOST_BITS) {
      throw tooLarge();
    }
    c.objects().bind(c.pointer(index), number);
  }

  static LuaValue done(CArguments c, int index, BigInteger number) {
    set(c, index, number);
    return c.result(1);
  }

  static RuntimeException tooLarge() {
    return LuaErrors.raise("numbers of more than " + MOST_BITS + " bits are not computed here");
  }

  private static LuaValue into(CArguments c, int index, BigInteger number) {
    set(c, index, number);
    return c.result(c.pointer(index));
  }

  /** An argument of 64 bits, which has no sign. */
  static BigInteger word(CArguments c, int index) {
    return new BigInteger(Long.toUnsignedString(c.integer(index)));
  }

  /** A number's 64 bits; of one that has more, all set. */
  private static LuaValue asWord(CArguments c) {
    BigInteger number = at(c, 1).abs();
    return c.result(number.bitLength() > Long.SIZE ? -1 : number.longValue());
  }

  private static LuaValue setSign(CArguments c) {
    BigInteger number = at(c, 1).abs();
    set(c, 1, c.integer(2) == 0 ? number : number.negate());
    return LuaValue.NONE;
  }

  /** By how many words one is longer, else which one is greater. */
  private static LuaValue compareSizes(CArguments c) {
    BigInteger a = at(c, 1).abs();
    BigInteger b = at(c, 2).abs();
    int longer = words(a) - words(b);
    return c.result(longer == 0 ? a.compareTo(b) : longer);
  }

  private static int words(BigInteger number) {
    return (number.bitLength() + Long.SIZE - 1) / Long.SIZE;
  }

  private static LuaValue is(CArguments c, Predicate<BigInteger> test) {
    return c.result(test.test(at(c, 1)) ? 1 : 0);
  }

  private static byte[] magnitude(BigInteger number) {
    byte[] octets = number.abs().toByteArray();
    int sign = octets[0] == 0 ? 1 : 0;
    return Arrays.copyOfRange(octets, sign, octets.length);
  }

  private static LuaValue octets(CArguments c) {
    byte[] octets = magnitude(at(c, 1));
    c.store(c.pointer(2), octets);
    return c.result(octets.length);
  }

  private static LuaValue ofOctets(CArguments c) {
    if (c.integer(2) > MOST_BITS / Byte.SIZE) {
      throw tooLarge();
    }
    BigInteger number = new BigInteger(1, c.counted(1, 2));
    return c.pointer(3).isNull() ? c.made(number) : into(c, 3, number);
  }

  // ---- as texts

  private static LuaValue text(CArguments c, String text) {
    byte[] octets = LuaText.bytes(LuaText.of(text + '\0'));
    return c.result(new PointerData(CType.VOID_POINTER, Memory.of(octets, 0, octets.length), 0));
  }

  /** Two digits for each octet, and a single one for zero. */
  private static String hexadecimal(BigInteger number) {
    String digits = number.abs().toString(HEXADECIMAL_BASE).toUpperCase(Locale.ROOT);
    boolean odd = digits.length() % 2 != 0 && number.signum() != 0;
    return (number.signum() < 0 ? "-" : "") + (odd ? "0" : "") + digits;
  }

  private static String decimal(CArguments c) {
    BigInteger number = at(c, 1);
    c.burn(number.bitLength());
    return number.toString();
  }

  /** Reads as many digits as there are, into a number that is there or a new one. */
  private static LuaValue read(CArguments c, Pattern form, int base) {
    if (c.pointer(2).isNull()) {
      return c.result(0);
    }
    byte[] text = c.cString(2);
    c.burn(text.length);
    Matcher digits = form.matcher(new String(text, StandardCharsets.ISO_8859_1));
    if (!digits.lookingAt()) {
      return c.result(0);
    }
    if (digits.end() > MOST_BITS / Byte.SIZE) {
      throw tooLarge();
    }
    PointerData place = c.pointer(1);
    if (!place.isNull()) {
      BigInteger number = new BigInteger(digits.group(), base);
      PointerData there = c.pointerAt(place.memory, place.offset);
      if (there.isNull()) {
        c.storePointerAt(c.objects().create(number), place.memory, place.offset);
      } else {
        c.objects().bind(there, number);
      }
    }
    return c.result(digits.end());
  }
}
