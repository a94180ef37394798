package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/** The public key that belongs to a private one, which Java doesn't tell. */
public final class KeyPairs {
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private KeyPairs() {}

  /** The public half; empty for a kind of key that isn't known. */
  public static Optional<PublicKey> known(PrivateKey secret) throws GeneralSecurityException {
    return switch (secret) {
      case RSAPrivateCrtKey rsa ->
          Optional.of(
              KeyFactory.getInstance("RSA")
                  .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())));
      case ECPrivateKey elliptic ->
          Optional.of(
              KeyFactory.getInstance("EC")
                  .generatePublic(
                      new ECPublicKeySpec(
                          times(elliptic.getParams(), elliptic.getS()), elliptic.getParams())));
      case EdECPrivateKey edwards -> of(edwards.getParams(), edwards.getBytes());
      case XECPrivateKey montgomery ->
          montgomery.getParams() instanceof NamedParameterSpec named
              ? of(named, montgomery.getScalar())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Of a key that is made of random octets alone, by making it of its own. */
  private static Optional<PublicKey> of(NamedParameterSpec curve, Optional<byte[]> octets)
      throws GeneralSecurityException {
    return octets.isEmpty()
        ? Optional.empty()
        : Optional.of(pair(curve, new Given(octets.get())).getPublic());
  }

  /** A new pair of keys on a curve of Edwards' or Montgomery's form. */
  public static KeyPair pair(NamedParameterSpec curve, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(curve.getName());
    generator.initialize(curve, random);
    return generator.generateKeyPair();
  }

  /** The octets that were given, as if they were random. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] octets;

    Given(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(octets, 0, into, 0, Math.min(octets.length, into.length));
    }
  }

  /** A multiple of a curve's generator. */
  private static ECPoint times(ECParameterSpec curve, BigInteger count) {
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = count.bitLength() - 1; bit >= 0; bit--) {
      sum = sum(curve, sum, sum);
      if (count.testBit(bit)) {
        sum = sum(curve, sum, curve.getGenerator());
      }
    }
    return sum;
  }

  private static ECPoint sum(ECParameterSpec curve, ECPoint a, ECPoint b) {
    if (a.equals(ECPoint.POINT_INFINITY)) {
      return b;
    }
    if (b.equals(ECPoint.POINT_INFINITY)) {
      return a;
    }
    BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger slope;
    if (a.equals(b)) {
      BigInteger square = a.getAffineX().pow(2).multiply(THREE).add(curve.getCurve().getA());
      slope = square.multiply(a.getAffineY().shiftLeft(1).modInverse(prime));
    } else if (a.getAffineX().equals(b.getAffineX())) {
      return ECPoint.POINT_INFINITY;
    } else {
      BigInteger run = b.getAffineX().subtract(a.getAffineX());
      slope = b.getAffineY().subtract(a.getAffineY()).multiply(run.modInverse(prime));
    }
    BigInteger x = slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(prime);
    BigInteger y = slope.multiply(a.getAffineX().subtract(x)).subtract(a.getAffineY()).mod(prime);
    return new ECPoint(x, y);
  }
}
