package dev.banyan.gateway.cache;

/**
 * What an answer is found by.
 *
 * @param text the key as the configuration makes it, an octet string; it is kept in the file
 * @param hash the MD5 of it, or of the variant, in hexadecimal: the file's name
 */
public record CacheKey(String text, String hash) {
  /** The key of this text. */
  public static CacheKey of(String text) {
    return new CacheKey(text, Md5.hex(text));
  }

  /**
   * The key of the answer to requests with these values of the fields that Vary names.
   *
   * @param values the fields' names and values
   */
  public CacheKey variant(String values) {
    return new CacheKey(text, Md5.hex(text + "\0" + values));
  }
}
