package dev.banyan.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.nginx.SessionSecret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The encrypted-session module: AES of a value and the time at which it expires. Immutable. */
final class SessionCipher {
  private static final int BLOCK = 16;
  private static final int DIGEST = 16;

  private final SecretKeySpec key;
  private final IvParameterSpec iv;
  private final long expires;

  SessionCipher(SessionSecret secret) {
    this.key = new SecretKeySpec(secret.key().getBytes(ISO_8859_1), "AES");
    this.iv = new IvParameterSpec(Arrays.copyOf(secret.iv().getBytes(ISO_8859_1), BLOCK));
    this.expires = secret.expires().toSeconds();
  }

  /** Encrypts an octet string, with a digest before it. */
  String encrypt(String octets, long nowSeconds) {
    long end = expires == 0 ? 0 : nowSeconds + expires;
    byte[] data =
        ByteBuffer.allocate(octets.length() + Long.BYTES)
            .put(octets.getBytes(ISO_8859_1))
            .putLong(end)
            .array();
    try {
      return new String(md5(data), ISO_8859_1)
          + new String(cipher(Cipher.ENCRYPT_MODE).doFinal(data), ISO_8859_1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES", e);
    }
  }

  /** Decrypts; null for what wasn't made by {@link #encrypt}, or has expired. */
  @Nullable String decrypt(String octets, long nowSeconds) {
    byte[] bytes = octets.getBytes(ISO_8859_1);
    if (bytes.length < DIGEST) {
      return null;
    }
    byte[] data;
    try {
      data = cipher(Cipher.DECRYPT_MODE).doFinal(bytes, DIGEST, bytes.length - DIGEST);
    } catch (GeneralSecurityException e) {
      return null; // it was made with another key, or by somebody else
    }
    int length = data.length - Long.BYTES;
    if (length < 0 || !MessageDigest.isEqual(md5(data), Arrays.copyOf(bytes, DIGEST))) {
      return null;
    }
    long end = ByteBuffer.wrap(data).getLong(length);
    boolean expired = end != 0 && Long.compareUnsigned(end, nowSeconds) <= 0;
    return expired ? null : new String(data, 0, length, ISO_8859_1);
  }

  private Cipher cipher(int mode) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, key, iv);
    return cipher;
  }

  private static byte[] md5(byte[] data) {
    try {
      return MessageDigest.getInstance("MD5").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no MD5", e);
    }
  }
}
