package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The curves with a name that both this JDK and OpenSSL have, and the points on them. */
public enum Curve {
  /** P-256. */
  P256(415, "secp256r1", "1.2.840.10045.3.1.7"),
  /** P-384. */
  P384(715, "secp384r1", "1.3.132.0.34"),
  /** P-521. */
  P521(716, "secp521r1", "1.3.132.0.35");

  private static final int COMPRESSED = 2;
  private static final int WHOLE = 4;
  private static final int HYBRID = 6;
  private static final int FOUR = 4;

  private final int number;
  private final String name;
  private final String object;

  Curve(int number, String name, String object) {
    this.number = number;
    this.name = name;
    this.object = object;
  }

  /** OpenSSL's number. */
  public int number() {
    return number;
  }

  /** Of one of OpenSSL's numbers. */
  public static Optional<Curve> of(int number) {
    return Arrays.stream(values()).filter(curve -> curve.number == number).findFirst();
  }

  /** Of the JDK's parameters. */
  public static Optional<Curve> of(ECParameterSpec parameters) {
    return Arrays.stream(values())
        .filter(curve -> curve.parameters().getOrder().equals(parameters.getOrder()))
        .findFirst();
  }

  /** The JDK's parameters. */
  public ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + name, e);
    }
  }

  /** Its name as PEM has it. */
  public byte[] pem() {
    return KeyForms.pem("EC PARAMETERS", Der.object(object));
  }

  /** The curve that such a name is of. */
  public static Optional<Curve> ofPem(byte[] pem) {
    return Arrays.stream(values()).filter(curve -> Arrays.equals(curve.pem(), pem)).findFirst();
  }

  private static BigInteger prime(ECParameterSpec parameters) {
    return ((ECFieldFp) parameters.getCurve().getField()).getP();
  }

  /** What a point's second number squared is. */
  private static BigInteger square(ECParameterSpec parameters, BigInteger x) {
    BigInteger linear = parameters.getCurve().getA().multiply(x);
    return x.pow(3).add(linear).add(parameters.getCurve().getB()).mod(prime(parameters));
  }

  /** Whether two numbers are those of a point on a curve. */
  public static boolean has(ECParameterSpec parameters, BigInteger x, BigInteger y) {
    BigInteger prime = prime(parameters);
    boolean inField =
        x.signum() >= 0 && y.signum() >= 0 && x.compareTo(prime) < 0 && y.compareTo(prime) < 0;
    return inField && y.pow(2).mod(prime).equals(square(parameters, x));
  }

  /** A point as octets, in one of OpenSSL's forms. */
  public static byte[] octets(ECParameterSpec parameters, ECPoint point, int form) {
    int size = size(parameters);
    boolean short0 = form == COMPRESSED;
    byte[] octets = new byte[short0 ? 1 + size : 1 + 2 * size];
    boolean odd = point.getAffineY().testBit(0);
    octets[0] = (byte) (form == WHOLE || !odd ? form : form + 1);
    put(point.getAffineX(), octets, 1, size);
    if (!short0) {
      put(point.getAffineY(), octets, 1 + size, size);
    }
    return octets;
  }

  private static int size(ECParameterSpec parameters) {
    return (prime(parameters).bitLength() + Byte.SIZE - 1) / Byte.SIZE;
  }

  private static void put(BigInteger number, byte[] into, int at, int size) {
    byte[] signed = number.toByteArray();
    int used = Math.min(signed.length, size);
    System.arraycopy(signed, signed.length - used, into, at + size - used, used);
  }

  /** The point that octets are; empty when they are none of the curve. */
  public static Optional<ECPoint> point(ECParameterSpec parameters, byte[] octets) {
    int size = size(parameters);
    if (octets.length != 1 + size && octets.length != 1 + 2 * size) {
      return Optional.empty();
    }
    int form = octets[0] & ~1;
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(octets, 1, 1 + size));
    boolean whole = octets.length == 1 + 2 * size;
    boolean odd = (octets[0] & 1) != 0;
    BigInteger y;
    if (whole && (octets[0] == WHOLE || form == HYBRID)) {
      y = new BigInteger(1, Arrays.copyOfRange(octets, 1 + size, octets.length));
      if (form == HYBRID && y.testBit(0) != odd) {
        return Optional.empty();
      }
    } else if (!whole && form == COMPRESSED) {
      y = root(parameters, x, odd);
    } else {
      return Optional.empty();
    }
    return has(parameters, x, y) ? Optional.of(new ECPoint(x, y)) : Optional.empty();
  }

  /** The primes of these curves are one less than a multiple of four, which makes it easy. */
  private static BigInteger root(ECParameterSpec parameters, BigInteger x, boolean odd) {
    BigInteger prime = prime(parameters);
    BigInteger power = prime.add(BigInteger.ONE).divide(BigInteger.valueOf(FOUR));
    BigInteger root = square(parameters, x).modPow(power, prime);
    return root.testBit(0) == odd ? root : prime.subtract(root);
  }

  /** The public key that a point on a curve is. */
  public static PublicKey known(ECParameterSpec parameters, ECPoint point)
      throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
  }

  /** The private key that a number is. */
  public static PrivateKey secret(ECParameterSpec parameters, BigInteger number)
      throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number, parameters));
  }
}
