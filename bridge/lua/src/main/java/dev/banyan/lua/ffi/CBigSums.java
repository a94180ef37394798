package dev.banyan.lua.ffi;

import static dev.banyan.lua.ffi.CBigNumbers.at;
import static dev.banyan.lua.ffi.CBigNumbers.done;
import static dev.banyan.lua.ffi.CBigNumbers.put;
import static dev.banyan.lua.ffi.CBigNumbers.set;
import static dev.banyan.lua.ffi.CBigNumbers.tooLarge;

import dev.banyan.lua.LuaErrors;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.luaj.vm2.LuaValue;

/** What OpenSSL computes with its {@code BIGNUM}s: within bounds, and charged by their sizes. */
final class CBigSums {
  /** What {@code BN_CTX} stands for: room for what is computed between, which Java needs not. */
  private static final String ROOM = "room";

  private static final int CERTAINTY = 128;
  private static final int LARGEST_PRIME = 4096;

  private CBigSums() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    put(all, "BN_CTX_new", 0, c -> c.made(ROOM));
    put(all, "BN_CTX_secure_new", 0, c -> c.made(ROOM));
    put(all, "BN_CTX_free", 1, c -> LuaValue.NONE);
    put(all, "BN_add", 3, c -> sum(c, BigInteger::add));
    put(all, "BN_sub", 3, c -> sum(c, BigInteger::subtract));
    put(all, "BN_mul", 4, CBigSums::product);
    put(all, "BN_sqr", 3, c -> done(c, 1, times(c, at(c, 2), at(c, 2))));
    put(all, "BN_div", 5, CBigSums::quotient);
    put(all, "BN_nnmod", 4, c -> modular(c, 3, at(c, 2)));
    put(all, "BN_exp", 4, CBigSums::power);
    put(all, "BN_gcd", 4, c -> sum(c, BigInteger::gcd));
    put(all, "BN_mod_add", 5, c -> modular(c, 4, at(c, 2).add(at(c, 3))));
    put(all, "BN_mod_sub", 5, c -> modular(c, 4, at(c, 2).subtract(at(c, 3))));
    put(all, "BN_mod_mul", 5, c -> modular(c, 4, times(c, at(c, 2), at(c, 3))));
    put(all, "BN_mod_sqr", 4, c -> modular(c, 3, times(c, at(c, 2), at(c, 2))));
    put(all, "BN_mod_exp", 5, CBigSums::modularPower);
    put(all, "BN_mod_inverse", 4, CBigSums::inverse);
    put(all, "BN_lshift", 3, c -> shifted(c, c.integer(3)));
    put(all, "BN_rshift", 3, c -> shifted(c, -c.integer(3)));
    put(all, "BN_lshift1", 2, c -> shifted(c, 1));
    put(all, "BN_rshift1", 2, c -> shifted(c, -1));
    put(all, "BN_is_prime_ex", 4, CBigSums::isPrime);
    put(all, "BN_check_prime", 3, CBigSums::isPrime);
    put(all, "BN_generate_prime_ex", 6, CBigSums::prime);
    put(all, "BN_rand", 4, CBigSums::random);
    put(all, "BN_rand_range", 2, CBigSums::randomBelow);
    return all;
  }

  private static LuaValue sum(CArguments c, BinaryOperator<BigInteger> how) {
    c.burn(at(c, 2).bitLength() + (long) at(c, 3).bitLength());
    return done(c, 1, how.apply(at(c, 2), at(c, 3)));
  }

  private static BigInteger times(CArguments c, BigInteger a, BigInteger b) {
    charge(c, a.bitLength(), b.bitLength());
    return a.multiply(b);
  }

  /** What long multiplication takes. */
  private static void charge(CArguments c, long bits, long more) {
    c.burn(1 + bits * more / (Long.SIZE * Long.SIZE));
  }

  private static LuaValue product(CArguments c) {
    return done(c, 1, times(c, at(c, 2), at(c, 3)));
  }

  /** Rounds towards zero; either result may be left out. */
  private static LuaValue quotient(CArguments c) {
    BigInteger by = at(c, 4);
    if (by.signum() == 0) {
      return byZero(c);
    }
    charge(c, at(c, 3).bitLength(), by.bitLength());
    BigInteger[] parts = at(c, 3).divideAndRemainder(by);
    for (int i = 0; i < parts.length; i++) {
      if (!c.pointer(i + 1).isNull()) {
        set(c, i + 1, parts[i]);
      }
    }
    return c.result(1);
  }

  private static LuaValue byZero(CArguments c) {
    c.objects().fail(CFault.BY_ZERO);
    return c.result(0);
  }

  private static LuaValue power(CArguments c) {
    BigInteger base = at(c, 2);
    BigInteger exponent = at(c, 3).abs();
    long bits = Math.max(1, base.bitLength());
    if (exponent.bitLength() >= Integer.SIZE
        || (bits > 1 && bits * exponent.intValue() > CBigNumbers.MOST_BITS)) {
      throw tooLarge();
    }
    charge(c, bits * exponent.intValue(), bits * exponent.intValue());
    return done(c, 1, base.pow(exponent.intValue()));
  }

  private static LuaValue modular(CArguments c, int index, BigInteger number) {
    BigInteger modulus = at(c, index).abs();
    if (modulus.signum() == 0) {
      return byZero(c);
    }
    charge(c, number.bitLength(), modulus.bitLength());
    return done(c, 1, number.mod(modulus));
  }

  private static LuaValue modularPower(CArguments c) {
    BigInteger modulus = at(c, 4).abs();
    BigInteger exponent = at(c, 3).abs();
    if (modulus.signum() == 0) {
      return byZero(c);
    }
    chargePower(c, modulus.bitLength(), exponent.bitLength());
    return done(c, 1, at(c, 2).modPow(exponent, modulus));
  }

  /** So many multiplications of numbers of so many bits. */
  private static void chargePower(CArguments c, long bits, long steps) {
    c.burn(1 + bits * bits / (Long.SIZE * Long.SIZE) * Math.max(1, steps));
  }

  private static LuaValue inverse(CArguments c) {
    BigInteger modulus = at(c, 3).abs();
    BigInteger number = at(c, 2);
    charge(c, modulus.bitLength(), modulus.bitLength());
    if (modulus.bitLength() < 2 || !number.gcd(modulus).equals(BigInteger.ONE)) {
      c.objects().fail(CFault.NO_INVERSE);
      return c.nullResult();
    }
    BigInteger found = number.modInverse(modulus);
    if (c.pointer(1).isNull()) {
      return c.made(found);
    }
    set(c, 1, found);
    return c.result(c.pointer(1));
  }

  /** To the left, or to the right of its magnitude. */
  private static LuaValue shifted(CArguments c, long by) {
    BigInteger number = at(c, 2);
    if (number.bitLength() + by > CBigNumbers.MOST_BITS) {
      throw tooLarge();
    }
    int bits = (int) Math.max(by, -CBigNumbers.MOST_BITS);
    BigInteger moved = number.abs().shiftLeft(bits);
    return done(c, 1, number.signum() < 0 ? moved.negate() : moved);
  }

  // ---- primes and chance

  private static LuaValue isPrime(CArguments c) {
    BigInteger number = at(c, 1);
    if (number.bitLength() > LARGEST_PRIME) {
      throw tooLarge();
    }
    chargePower(c, number.bitLength(), number.bitLength());
    return c.result(number.signum() > 0 && number.isProbablePrime(CERTAINTY) ? 1 : 0);
  }

  /** A prime whose highest two bits are set; safe ones and congruences are not made. */
  private static LuaValue prime(CArguments c) {
    int bits = (int) c.integer(2);
    if (bits > LARGEST_PRIME / 2 || c.integer(3) != 0 || !c.pointer(4).isNull()) {
      throw LuaErrors.raise(
          "primes of more than 2048 bits, safe ones and those by a remainder are not made here");
    }
    if (bits < 3) {
      return c.result(0);
    }
    chargePower(c, bits, bits);
    BigInteger found;
    do {
      found = BigInteger.probablePrime(bits, c.objects().random);
    } while (!found.testBit(bits - 2));
    return done(c, 1, found);
  }

  private static LuaValue random(CArguments c) {
    int bits = Math.clamp(c.integer(2), 0, CBigNumbers.MOST_BITS);
    BigInteger number = new BigInteger(bits, c.objects().random);
    if (bits > 0 && c.integer(3) >= 0) {
      number = number.setBit(bits - 1);
      number = c.integer(3) > 0 && bits > 1 ? number.setBit(bits - 2) : number;
    }
    return done(c, 1, bits > 0 && c.integer(4) != 0 ? number.setBit(0) : number);
  }

  private static LuaValue randomBelow(CArguments c) {
    BigInteger end = at(c, 2);
    if (end.signum() <= 0) {
      return c.result(0);
    }
    BigInteger number;
    do {
      number = new BigInteger(end.bitLength(), c.objects().random);
    } while (number.compareTo(end) >= 0);
    return done(c, 1, number);
  }
}
