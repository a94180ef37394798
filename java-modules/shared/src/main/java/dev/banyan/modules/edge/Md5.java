package dev.banyan.modules.edge;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Thread-safe: {@code ngx.md5}. */
public final class Md5 {
  /** As many digits of hex as a digest has. */
  public static final int DIGITS = 32;

  private static final int OCTETS = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  /** What most texts fit in; a longer one has octets of its own. */
  private static final int ROOM = 1024;

  /**
   * One for each thread. Both are the JDK's own, so that a thread that outlives the port keeps
   * nothing of it alive.
   */
  private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Md5::digest);

  private static final ThreadLocal<byte[]> ROOMS = ThreadLocal.withInitial(() -> new byte[ROOM]);

  private Md5() {}

  /** The digest of a text of octets, in hex. */
  public static String hex(String text) {
    return hex(DIGITS, '\0', text);
  }

  /**
   * The first digits of the digest of texts with a separator between them.
   *
   * @param texts null ones are left out
   */
  @SuppressWarnings("deprecation") // octets are what getBytes(int, int, …) is for
  public static String hex(int digits, char separator, @Nullable String... texts) {
    byte[] octets = room(texts);
    int at = 0;
    for (String text : texts) {
      if (text != null) {
        if (at > 0) {
          octets[at - 1] = (byte) separator;
        }
        text.getBytes(0, text.length(), octets, at);
        at += text.length() + 1;
      }
    }
    return hex(digits, octets, Math.max(0, at - 1));
  }

  /** Takes the octets' place for its answer. */
  private static String hex(int digits, byte[] octets, int length) {
    MessageDigest digest = DIGESTS.get();
    try {
      digest.update(octets, 0, length);
      digest.digest(octets, 0, OCTETS);
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for the digest", e);
    }
    for (int i = OCTETS - 1; i >= 0; i--) { // each octet is read before its digits are written
      int octet = octets[i];
      octets[2 * i] = HEX[octet >> 4 & 0xf];
      octets[2 * i + 1] = HEX[octet & 0xf];
    }
    return new String(octets, 0, digits, StandardCharsets.ISO_8859_1);
  }

  private static byte[] room(@Nullable String[] texts) {
    int length = 0;
    for (String text : texts) {
      length += text == null ? 0 : text.length() + 1;
    }
    return length <= ROOM ? ROOMS.get() : new byte[length];
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
