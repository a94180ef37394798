package dev.banyan.lua.ngx.text;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checksums and digests of byte ranges. */
public final class Digests {
  private static final HexFormat HEX = HexFormat.of();

  private Digests() {}

  /** The CRC-32 that both {@code crc32_short} and {@code crc32_long} give. */
  public static long crc32(byte[] bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    return crc.getValue();
  }

  /** A digest by its Java name. */
  public static byte[] digest(String algorithm, byte[] bytes, int offset, int length) {
    MessageDigest digest = newDigest(algorithm);
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  /** A running digest by its Java name. */
  public static MessageDigest newDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }

  /** HMAC-SHA1. */
  public static byte[] hmacSha1(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      // An empty key is legal here but not for SecretKeySpec; a zero byte pads to the same block.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA1", e);
    }
  }

  /** Lower-case hexadecimal digits. */
  public static byte[] hex(byte[] bytes) {
    return HEX.formatHex(bytes).getBytes(StandardCharsets.ISO_8859_1);
  }
}
