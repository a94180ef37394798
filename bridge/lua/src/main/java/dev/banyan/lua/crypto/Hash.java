package dev.banyan.lua.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes that both this JDK and OpenSSL have. */
public enum Hash {
  /** MD5. */
  MD5("MD5", "HmacMD5"),
  /** SHA-1. */
  SHA1("SHA-1", "HmacSHA1"),
  /** SHA-224. */
  SHA224("SHA-224", "HmacSHA224"),
  /** SHA-256. */
  SHA256("SHA-256", "HmacSHA256"),
  /** SHA-384. */
  SHA384("SHA-384", "HmacSHA384"),
  /** SHA-512. */
  SHA512("SHA-512", "HmacSHA512");

  /** What may stand before and in OpenSSL's names: {@code RSA-SHA256}, {@code SHA2-256}. */
  private static final Pattern ALIAS = Pattern.compile("^(?:RSA-)?(?:(SHA)2?-)?");

  private final String algorithm;
  private final String keyed;

  Hash(String algorithm, String keyed) {
    this.algorithm = algorithm;
    this.keyed = keyed;
  }

  /** The hash of one of OpenSSL's names, whatever their case. */
  public static Optional<Hash> named(String name) {
    String plain = ALIAS.matcher(name.toUpperCase(Locale.ROOT)).replaceFirst("$1");
    return Arrays.stream(values()).filter(hash -> hash.name().equals(plain)).findFirst();
  }

  /** OpenSSL's name. */
  public String openssl() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The JDK's name. */
  public String algorithm() {
    return algorithm;
  }

  /** How many octets it gives. */
  public int length() {
    return digest().getDigestLength();
  }

  /** A digest that has seen nothing yet. */
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }

  /** HMAC with a key, which may be empty. */
  public Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(keyed);
      // SecretKeySpec takes no empty key; a zero byte pads to the same block.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, keyed));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + keyed, e);
    }
  }
}
