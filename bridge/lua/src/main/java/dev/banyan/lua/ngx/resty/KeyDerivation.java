package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.ngx.text.Digests;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** OpenSSL's EVP_BytesToKey: a key and an initialisation vector from a password. */
final class KeyDerivation {
  /** The most rounds of hashing. */
  private static final int MOST_ROUNDS = 1_000_000;

  private KeyDerivation() {}

  static byte[][] bytesToKey(
      String algorithm, byte[] password, byte[] salt, int rounds, int keyLength, int ivLength) {
    MessageDigest digest = Digests.newDigest(algorithm);
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
