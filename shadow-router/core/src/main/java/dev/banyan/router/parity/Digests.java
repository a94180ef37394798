package dev.banyan.router.parity;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Immutable, for any thread: short digests under a key that never leaves the process, so that two
 * hidden values can be seen to be equal, and nobody can try values against them later.
 */
final class Digests {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHOWN_BYTES = 4;

  private final SecretKeySpec key;

  Digests(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Eight hexadecimal digits. */
  String of(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
