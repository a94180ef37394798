package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * RSA signatures by PSS with what OpenSSL takes and the JDK doesn't: any hash, and when verifying a
 * salt of any length.
 *
 * @param message the hash of the text
 * @param mask the hash of the mask
 */
public record RsaPss(Hash message, Hash mask) {
  private static final int TRAILER = 0xbc;

  /** A signature of a text's hash with a salt, which must not be longer than the longest. */
  public byte[] sign(RSAPrivateKey key, byte[] hashed, byte[] salt)
      throws GeneralSecurityException {
    byte[] hash = salted(hashed, salt, 0, salt.length);
    int length = encodedLength(key);
    int data = length - hash.length - 1;
    byte[] encoded = mask(hash, data);
    encoded[data - salt.length - 1] ^= 1;
    for (int i = 0; i < salt.length; i++) {
      encoded[data - salt.length + i] ^= salt[i];
    }
    encoded[0] &= (byte) (0xff >> unused(key));
    int size = (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    byte[] whole = new byte[size];
    System.arraycopy(encoded, 0, whole, size - length, data);
    System.arraycopy(hash, 0, whole, size - length + data, hash.length);
    whole[size - 1] = (byte) TRAILER;
    Cipher raw = Cipher.getInstance("RSA/ECB/NoPadding");
    raw.init(Cipher.DECRYPT_MODE, key);
    return raw.doFinal(whole);
  }

  /** How many of the first bits are none of the number. */
  private static int unused(RSAKey key) {
    return Byte.SIZE * encodedLength(key) - (key.getModulus().bitLength() - 1);
  }

  private byte[] salted(byte[] hash, byte[] salt, int from, int length) {
    MessageDigest digest = message.digest();
    digest.update(new byte[Byte.SIZE]);
    digest.update(hash);
    digest.update(salt, from, length);
    return digest.digest();
  }

  /** The length of the longest salt; negative when not even an empty one fits. */
  public int longestSalt(RSAKey key) {
    return encodedLength(key) - message.length() - 2;
  }

  private static int encodedLength(RSAKey key) {
    return (key.getModulus().bitLength() - 1 + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Whether a text of a hash was signed so, with a salt of any length, or of a certain one if not
   * negative. A signature may lack its leading zeros, as for OpenSSL, though RFC 8017 (8.1.2) wants
   * it whole.
   */
  public boolean verify(RSAPublicKey key, byte[] hashed, byte[] signature, int salt) {
    BigInteger number = new BigInteger(1, signature);
    int size = (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    if (signature.length > size || number.compareTo(key.getModulus()) >= 0) {
      return false;
    }
    byte[] raw = number.modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
    int length = encodedLength(key);
    if (raw.length > length && !(raw.length == length + 1 && raw[0] == 0)) {
      return false;
    }
    byte[] encoded = new byte[length];
    int used = Math.min(raw.length, length);
    System.arraycopy(raw, raw.length - used, encoded, length - used, used);
    return fits(encoded, unused(key), hashed, salt);
  }

  /** Whether an encoded hash is that of a text: masked data, the hash and a trailer. */
  private boolean fits(byte[] encoded, int unused, byte[] hash, int salt) {
    int data = encoded.length - hash.length - 1;
    if (data < 1
        || (encoded[encoded.length - 1] & 0xff) != TRAILER
        || (encoded[0] & 0xff) >> (Byte.SIZE - unused) != 0) {
      return false;
    }
    byte[] found = Arrays.copyOfRange(encoded, data, data + hash.length);
    byte[] opened = Arrays.copyOf(encoded, data);
    byte[] masking = mask(found, data);
    for (int i = 0; i < data; i++) {
      opened[i] ^= masking[i];
    }
    opened[0] &= (byte) (0xff >> unused);
    int one = 0;
    while (one < data && opened[one] == 0) {
      one++;
    }
    if (one == data || opened[one] != 1 || (salt >= 0 && data - one - 1 != salt)) {
      return false;
    }
    return MessageDigest.isEqual(salted(hash, opened, one + 1, data - one - 1), found);
  }

  private byte[] mask(byte[] seed, int length) {
    byte[] out = new byte[length];
    for (int at = 0, count = 0; at < length; at += mask.length(), count++) {
      MessageDigest digest = mask.digest();
      digest.update(seed);
      digest.update(new byte[] {0, 0, (byte) (count >> Byte.SIZE), (byte) count});
      byte[] block = digest.digest();
      System.arraycopy(block, 0, out, at, Math.min(block.length, length - at));
    }
    return out;
  }
}
