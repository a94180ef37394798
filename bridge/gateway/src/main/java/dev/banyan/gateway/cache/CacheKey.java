package dev.banyan.gateway.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an answer is found by.
 *
 * @param text the key as the configuration makes it, an octet string; it is kept in the file
 * @param hash the MD5 of it, or of the variant, in hexadecimal: the file's name
 */
public record CacheKey(String text, String hash) {
  /** The key of this text. */
  public static CacheKey of(String text) {
    return new CacheKey(text, md5(text));
  }

  /**
   * The key of the answer to requests with these values of the fields that Vary names.
   *
   * @param values the fields' names and values
   */
  public CacheKey variant(String values) {
    return new CacheKey(text, md5(text + "\0" + values));
  }

  private static String md5(String octets) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(octets.getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
