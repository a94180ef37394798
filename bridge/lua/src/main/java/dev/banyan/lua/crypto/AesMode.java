package dev.banyan.lua.crypto;

import java.util.Arrays;
import java.util.Optional;

/** The modes of AES that this JDK has, by OpenSSL's names. */
public enum AesMode {
  /** Blocks on their own. */
  ECB("ecb", "AES/ECB/", true),
  /** Chained blocks. */
  CBC("cbc", "AES/CBC/", true),
  /** Feedback by bytes. */
  CFB8("cfb8", "AES/CFB8/", false),
  /** Feedback by blocks. */
  CFB128("cfb128", "AES/CFB/", false),
  /** Output feedback. */
  OFB("ofb", "AES/OFB/", false),
  /** A counter. */
  CTR("ctr", "AES/CTR/", false),
  /** A counter with authentication. */
  GCM("gcm", "AES/GCM/", false);

  private final String openssl;
  private final String transformation;
  private final boolean blocks;

  AesMode(String openssl, String transformation, boolean blocks) {
    this.openssl = openssl;
    this.transformation = transformation;
    this.blocks = blocks;
  }

  /** The mode of one of OpenSSL's names. */
  public static Optional<AesMode> named(String name) {
    return Arrays.stream(values()).filter(mode -> mode.openssl.equals(name)).findFirst();
  }

  /** OpenSSL's name. */
  public String openssl() {
    return openssl;
  }

  /** Whether it wants whole blocks. */
  public boolean blocks() {
    return blocks;
  }

  /** The JDK's name, with padding where the mode wants whole blocks and that is asked for. */
  public String transformation(boolean padded) {
    return transformation + (blocks && padded ? "PKCS5Padding" : "NoPadding");
  }

  /** How long an initialisation vector is. */
  public int ivLength() {
    return switch (this) {
      case ECB -> 0;
      case GCM -> 12;
      case CBC, CFB8, CFB128, OFB, CTR -> 16;
    };
  }

  /** Whether what was encrypted has a tag. */
  public boolean authenticated() {
    return this == GCM;
  }
}
