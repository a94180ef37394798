package dev.banyan.duel.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of a body: all of a short one, the beginning and a digest of a long one. Immutable.
 *
 * @param length octets, all of them
 * @param head the first octets, at most {@link #KEPT}
 * @param digest of all of them
 */
public record Body(long length, String head, String digest) {
  /** Octets that are kept of a body. */
  public static final int KEPT = 64 << 10;

  /** Nothing. */
  public static final Body EMPTY = new Collector().finish();

  /** Confined to the thread that reads: a body that is still coming. */
  public static final class Collector {
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(0);
    private final MessageDigest digest = sha256();
    private long length;

    /** Adds so many octets, which are read from the buffer. */
    public void add(ByteBuf in, int count) {
      byte[] octets = new byte[count];
      in.readBytes(octets);
      digest.update(octets);
      int room = KEPT - head.size();
      head.write(octets, 0, Math.min(room, count));
      length += count;
    }

    /** How many have come. */
    public long length() {
      return length;
    }

    /** The body so far; nothing can be added afterwards. */
    public Body finish() {
      return new Body(
          length,
          head.toString(StandardCharsets.ISO_8859_1),
          HexFormat.of().formatHex(digest.digest(), 0, 12));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
