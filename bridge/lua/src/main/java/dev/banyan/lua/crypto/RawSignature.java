package dev.banyan.lua.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import javax.crypto.Cipher;

/** Signatures of what is hashed already. */
public final class RawSignature {
  private static final String PKCS1 = "RSA/ECB/PKCS1Padding";
  private static final String ELLIPTIC = "NONEwithECDSA";

  private RawSignature() {}

  /** A signature of octets as they are, by PKCS #1 or ECDSA. */
  public static byte[] sign(PrivateKey key, byte[] octets) throws GeneralSecurityException {
    if (key instanceof RSAPrivateKey) {
      Cipher cipher = Cipher.getInstance(PKCS1);
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher.doFinal(octets);
    }
    Signature signature = Signature.getInstance(ELLIPTIC);
    signature.initSign(key);
    signature.update(octets);
    return signature.sign();
  }

  /** Whether a signature is that of octets. */
  public static boolean verify(PublicKey key, byte[] octets, byte[] signature)
      throws GeneralSecurityException {
    if (key instanceof RSAPublicKey) {
      Cipher cipher = Cipher.getInstance(PKCS1);
      cipher.init(Cipher.DECRYPT_MODE, key);
      return MessageDigest.isEqual(cipher.doFinal(signature), octets);
    }
    Signature verifier = Signature.getInstance(ELLIPTIC);
    verifier.initVerify(key);
    verifier.update(octets);
    return verifier.verify(signature);
  }

  /** What RSA signs of a hash: the hash and the name of its algorithm. */
  public static byte[] named(Hash hash, byte[] hashed) {
    String algorithm =
        switch (hash) {
          case MD5 -> "06082a864886f70d0205";
          case SHA1 -> "06052b0e03021a";
          case SHA224 -> "0609608648016503040204";
          case SHA256 -> "0609608648016503040201";
          case SHA384 -> "0609608648016503040202";
          case SHA512 -> "0609608648016503040203";
        };
    return Der.item(
        Der.SEQUENCE,
        Der.item(Der.SEQUENCE, HexFormat.of().parseHex(algorithm), new byte[] {5, 0}),
        Der.item(Der.OCTETS, hashed));
  }
}
