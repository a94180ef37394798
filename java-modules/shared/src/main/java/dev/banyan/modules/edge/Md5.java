package dev.banyan.modules.edge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Thread-safe: {@code ngx.md5}. */
public final class Md5 {
  /** Never fed: a copy of it costs less than to ask the providers for another one. */
  private static final MessageDigest EMPTY = empty();

  private Md5() {}

  /** The digest of a text of octets, in hex. */
  public static String hex(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      MessageDigest digest = (MessageDigest) EMPTY.clone();
      return HexFormat.of().formatHex(digest.digest(octets));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the MD5 of every JDK can be copied", e);
    }
  }

  private static MessageDigest empty() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
