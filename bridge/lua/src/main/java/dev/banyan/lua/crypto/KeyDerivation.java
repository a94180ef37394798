package dev.banyan.lua.crypto;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** OpenSSL's EVP_BytesToKey: a key and an initialisation vector from a password. */
public final class KeyDerivation {
  /** How long a salt is, if there is one. */
  public static final int SALT_LENGTH = 8;

  /** The most rounds of hashing. */
  private static final int MOST_ROUNDS = 1_000_000;

  private KeyDerivation() {}

  /** A key and an initialisation vector of these lengths. */
  public static byte[][] bytesToKey(
      Hash hash, byte[] password, byte[] salt, int rounds, int keyLength, int ivLength) {
    MessageDigest digest = hash.digest();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[0];
    while (out.size() < keyLength + ivLength) {
      digest.update(block);
      digest.update(password);
      block = digest.digest(salt);
      for (int i = 1; i < Math.min(rounds, MOST_ROUNDS); i++) {
        block = digest.digest(block);
      }
      out.writeBytes(block);
    }
    byte[] all = out.toByteArray();
    return new byte[][] {
      Arrays.copyOf(all, keyLength), Arrays.copyOfRange(all, keyLength, keyLength + ivLength)
    };
  }
}
