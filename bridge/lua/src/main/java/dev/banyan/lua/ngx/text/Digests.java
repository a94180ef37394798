package dev.banyan.lua.ngx.text;

import dev.banyan.lua.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;

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

  /** A digest. */
  public static byte[] digest(Hash hash, byte[] bytes, int offset, int length) {
    MessageDigest digest = hash.digest();
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  /** HMAC-SHA1. */
  public static byte[] hmacSha1(byte[] key, byte[] message) {
    return Hash.SHA1.mac(key).doFinal(message);
  }

  /** Lower-case hexadecimal digits. */
  public static byte[] hex(byte[] bytes) {
    return HEX.formatHex(bytes).getBytes(StandardCharsets.ISO_8859_1);
  }
}
