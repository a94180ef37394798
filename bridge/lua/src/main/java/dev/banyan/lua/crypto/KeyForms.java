package dev.banyan.lua.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** Private keys as OpenSSL writes them. */
public final class KeyForms {
  private static final int COLUMNS = 64;
  private static final byte[] ONE = {1};
  private static final byte[] ZERO = {0};

  private KeyForms() {}

  /** Octets as PEM has them. */
  public static byte[] pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** PKCS #8, in which an elliptic key has its public half beside it. */
  public static byte[] modern(PrivateKey key) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded();
    return key instanceof ECPrivateKey elliptic
        ? Der.item(
            Der.SEQUENCE,
            Der.item(Der.INTEGER, ZERO),
            algorithm(encoded),
            Der.item(Der.OCTETS, own(elliptic, new byte[0])))
        : encoded;
  }

  /** The form of its own that a kind of key has: RSA's and elliptic ones; else PKCS #8. */
  public static byte[] traditional(PrivateKey key) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded();
    if (key instanceof RSAPrivateKey) {
      int octets = Der.end(encoded, algorithmAt(encoded));
      return Arrays.copyOfRange(encoded, Der.content(encoded, octets), Der.end(encoded, octets));
    }
    if (key instanceof ECPrivateKey elliptic) {
      byte[] algorithm = algorithm(encoded);
      int curve = Der.end(algorithm, Der.content(algorithm, 0));
      return own(elliptic, Der.item(0xa0, Arrays.copyOfRange(algorithm, curve, algorithm.length)));
    }
    return encoded;
  }

  /** The octets of a public key itself, without what tells its kind. */
  public static byte[] bits(PublicKey key) {
    byte[] encoded = key.getEncoded();
    int bits = Der.end(encoded, Der.content(encoded, 0));
    return Arrays.copyOfRange(encoded, Der.content(encoded, bits) + 1, Der.end(encoded, bits));
  }

  private static int algorithmAt(byte[] encoded) {
    return Der.end(encoded, Der.content(encoded, 0)); // behind the version
  }

  private static byte[] algorithm(byte[] encoded) {
    int at = algorithmAt(encoded);
    return Arrays.copyOfRange(encoded, at, Der.end(encoded, at));
  }

  /** An elliptic key: its number, its curve where wanted, and its public half. */
  private static byte[] own(ECPrivateKey key, byte[] curve) throws GeneralSecurityException {
    int size = (key.getParams().getOrder().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    byte[] signed = key.getS().toByteArray();
    byte[] number = new byte[size];
    int used = Math.min(signed.length, size);
    System.arraycopy(signed, signed.length - used, number, size - used, used);
    byte[] known = KeyPairs.known(key).orElseThrow().getEncoded();
    int bits = Der.end(known, Der.content(known, 0)); // behind the algorithm
    return Der.item(
        Der.SEQUENCE,
        Der.item(Der.INTEGER, ONE),
        Der.item(Der.OCTETS, number),
        curve,
        Der.item(0xa1, Arrays.copyOfRange(known, bits, Der.end(known, bits))));
  }
}
