package dev.banyan.modules.edge;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Confined to one call: {@code ngx.md5}, of one text or of several. One at a time on a thread. */
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

  private final char separator;
  private byte[] octets;
  private int length;
  private boolean begun;

  private Md5(char separator, byte[] octets) {
    this.separator = separator;
    this.octets = octets;
  }

  /** The digest of a text of octets, in hex. */
  @SuppressWarnings("deprecation") // octets are what getBytes(int, int, …) is for
  public static String hex(String text) {
    byte[] octets = text.length() <= ROOM ? ROOMS.get() : new byte[text.length()];
    text.getBytes(0, text.length(), octets, 0);
    return hex(DIGITS, octets, text.length());
  }

  /** Of texts that are to come, with a separator between them. */
  public static Md5 separatedBy(char separator) {
    return new Md5(separator, ROOMS.get());
  }

  /** Adds a text of octets; null is left out. */
  public Md5 add(@Nullable String text) {
    if (text == null) {
      return this;
    }
    room(1);
    if (begun) {
      octets[length++] = (byte) separator;
    }
    begun = true;
    return more(text);
  }

  /** Goes on with the text that was added last. */
  @SuppressWarnings("deprecation") // octets are what getBytes(int, int, …) is for
  public Md5 more(String text) {
    room(text.length());
    text.getBytes(0, text.length(), octets, length);
    length += text.length();
    return this;
  }

  private void room(int octetsMore) {
    int end = length + octetsMore;
    if (end > octets.length) {
      octets = Arrays.copyOf(octets, 2 * end);
    }
  }

  /** The first digits of the digest. */
  public String hex(int digits) {
    return hex(digits, octets, length);
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

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
