package dev.banyan.nginx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.nginx.syntax.Directive;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The encrypted-session module: AES of a value and the time at which it expires. Immutable. */
public final class SessionCipher {
  private static final int KEY_LENGTH = 32;
  private static final int BLOCK = 16;
  private static final int DIGEST = 16;
  private static final String DEFAULT_IV = "deadbeefdeadbeef";
  private static final Duration DEFAULT_EXPIRES = Duration.ofDays(1);

  private final SecretKeySpec key;
  private final IvParameterSpec iv;
  private final long expires;

  private SessionCipher(String key, String iv, Duration expires) {
    this.key = new SecretKeySpec(key.getBytes(ISO_8859_1), "AES");
    this.iv = new IvParameterSpec(Arrays.copyOf(iv.getBytes(ISO_8859_1), BLOCK));
    this.expires = expires.toSeconds();
  }

  /** What a block's directives make; null where there is no key. */
  static @Nullable SessionCipher read(Scope scope) {
    String key = scope.read("encrypted_session_key", "", SessionCipher::key);
    String iv = scope.read("encrypted_session_iv", DEFAULT_IV, SessionCipher::iv);
    Duration expires = scope.time("encrypted_session_expires", DEFAULT_EXPIRES);
    return key.isEmpty() ? null : new SessionCipher(key, iv, expires);
  }

  private static String key(Directive directive) {
    if (directive.arg(0).length() != KEY_LENGTH) {
      throw directive.error(directive.name() + ": the key must be of 32 bytes long");
    }
    return directive.arg(0);
  }

  private static String iv(Directive directive) {
    if (directive.arg(0).length() > BLOCK) {
      throw directive.error(
          directive.name() + ": the init vector must NOT be longer than 16 bytes");
    }
    return directive.arg(0);
  }

  /** Encrypts an octet string, with a digest before it. */
  public String encrypt(String octets, long nowSeconds) {
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
  public @Nullable String decrypt(String octets, long nowSeconds) {
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
