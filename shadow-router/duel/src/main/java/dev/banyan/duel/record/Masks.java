package dev.banyan.duel.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Other texts for secrets: of the same length and the same sorts of chars, equal for equal ones.
 */
final class Masks {
  /** Known to this process only, so that nobody can try out what a mask stands for. */
  private static final byte[] KEY = key();

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Masks() {}

  private static byte[] key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  static String of(String secret) {
    StringBuilder out = new StringBuilder(secret.length());
    byte[] stream = new byte[0];
    for (int i = 0; i < secret.length(); i++) {
      if (i % 32 == 0) {
        stream = digest(secret, i);
      }
      out.append(one(secret.charAt(i), stream[i % 32] & 0xff));
    }
    return out.toString();
  }

  private static char one(char c, int random) {
    if (c >= '0' && c <= '9') {
      return (char) ('0' + random % 10);
    }
    if (c >= 'a' && c <= 'z') {
      return LETTERS.charAt(random % 26);
    }
    if (c >= 'A' && c <= 'Z') {
      return (char) ('A' + random % 26);
    }
    return c > ' ' && c < 0x7f ? c : 'x';
  }

  private static byte[] digest(String secret, int block) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(KEY);
      digest.update((block + ":").getBytes(StandardCharsets.ISO_8859_1));
      return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
