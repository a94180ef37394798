package dev.banyan.gateway.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** MD5 of octet strings. */
public final class Md5 {
  private Md5() {}

  /** The digest of an octet string, of 16 octets. */
  public static byte[] of(String octets) {
    try {
      return MessageDigest.getInstance("MD5").digest(octets.getBytes(StandardCharsets.ISO_8859_1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** The digest in 32 hexadecimal digits, of lower case. */
  public static String hex(String octets) {
    return HexFormat.of().formatHex(of(octets));
  }
}
