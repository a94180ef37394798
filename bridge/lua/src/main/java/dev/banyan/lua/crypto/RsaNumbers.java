package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a key of RSA, as far as they are known.
 *
 * @param n the modulus
 * @param e the public exponent
 * @param d the private exponent
 * @param p a factor of the modulus
 * @param q the other one
 * @param dp the private exponent for {@code p}
 * @param dq that for {@code q}
 * @param qi what {@code q} times it leaves one by {@code p}
 */
public record RsaNumbers(
    @Nullable BigInteger n,
    @Nullable BigInteger e,
    @Nullable BigInteger d,
    @Nullable BigInteger p,
    @Nullable BigInteger q,
    @Nullable BigInteger dp,
    @Nullable BigInteger dq,
    @Nullable BigInteger qi) {
  private static final int MOST_TRIES = 100;

  /** None of them. */
  public static final RsaNumbers NONE =
      new RsaNumbers(null, null, null, null, null, null, null, null);

  /** Those of a key of Java's; none of another kind's. */
  public static RsaNumbers of(@Nullable Key key) {
    return switch (key) {
      case RSAPrivateCrtKey own ->
          new RsaNumbers(
              own.getModulus(),
              own.getPublicExponent(),
              own.getPrivateExponent(),
              own.getPrimeP(),
              own.getPrimeQ(),
              own.getPrimeExponentP(),
              own.getPrimeExponentQ(),
              own.getCrtCoefficient());
      case RSAPublicKey known ->
          new RsaNumbers(
              known.getModulus(), known.getPublicExponent(), null, null, null, null, null, null);
      case null, default -> NONE;
    };
  }

  /** The key that they make; empty when they are too few, or none of a key of Java's. */
  public Optional<Key> key() {
    if (n == null || e == null) {
      return Optional.empty();
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      BigInteger factor = d == null ? null : factor(n, e, d);
      return Optional.of(
          d == null || factor == null
              ? factory.generatePublic(new RSAPublicKeySpec(n, e))
              : factory.generatePrivate(whole(n, e, d, factor)));
    } catch (GeneralSecurityException | ArithmeticException refused) {
      return Optional.empty();
    }
  }

  private static RSAPrivateCrtKeySpec whole(
      BigInteger n, BigInteger e, BigInteger d, BigInteger p) {
    BigInteger q = n.divide(p);
    BigInteger dp = d.mod(p.subtract(BigInteger.ONE));
    BigInteger dq = d.mod(q.subtract(BigInteger.ONE));
    return new RSAPrivateCrtKeySpec(n, e, d, p, q, dp, dq, q.modInverse(p));
  }

  /** A factor of the modulus: the one that is known, else one that the exponents lead to. */
  private @Nullable BigInteger factor(BigInteger modulus, BigInteger open, BigInteger own) {
    if (p != null && p.compareTo(BigInteger.ONE) > 0 && modulus.mod(p).signum() == 0) {
      return p;
    }
    BigInteger multiple = open.multiply(own).subtract(BigInteger.ONE);
    if (multiple.signum() <= 0 || multiple.testBit(0)) {
      return null;
    }
    int halves = multiple.getLowestSetBit();
    for (int base = 2; base < MOST_TRIES; base++) {
      BigInteger power = BigInteger.valueOf(base).modPow(multiple.shiftRight(halves), modulus);
      for (int i = 0; i < halves && !power.equals(BigInteger.ONE); i++) {
        BigInteger square = power.modPow(BigInteger.TWO, modulus);
        boolean trivial = power.equals(modulus.subtract(BigInteger.ONE));
        if (square.equals(BigInteger.ONE) && !trivial) {
          return power.subtract(BigInteger.ONE).gcd(modulus);
        }
        power = square;
      }
    }
    return null;
  }
}
