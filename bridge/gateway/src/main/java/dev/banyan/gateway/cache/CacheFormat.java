package dev.banyan.gateway.cache;

import dev.banyan.api.Headers;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The inside of a cached file: a head, then the body's octets as the origin sent them.
 *
 * <pre>
 * int   "BNYC"
 * int   version, 1
 * int   length of the head: where the body begins
 * int   CRC-32 of the head's octets behind this field
 * long  length of the body
 * long  second of the epoch until which it is fresh
 * long  seconds that it may be used while it is updated
 * long  seconds that it may be used on errors
 * int   status
 * text  key, value of Vary, hash of the variant, status line
 * int   number of fields, then text name and text value of each
 * </pre>
 *
 * <p>All is big-endian; a text is an int, its length, and that many octets. A head whose CRC, or a
 * file whose length, isn't what the head says is damaged. The length of a head does not depend on
 * the numbers in it, so they can be written anew in place.
 */
final class CacheFormat {
  private static final int MAGIC = 0x424e5943;
  private static final int VERSION = 2;

  /** Octets before those that the CRC is of. */
  static final int PREFIX = 16;

  /** The longest head. */
  static final int MAX_HEAD = 1 << 20;

  private CacheFormat() {}

  /** A head as it stands in a file whose body has this length. */
  static byte[] encode(CachedHead head, long bodyLength) {
    Headers fields = head.fields();
    int size = PREFIX + 4 * Long.BYTES + 2 * Integer.BYTES;
    size += size(head.key()) + size(head.vary()) + size(head.variant()) + size(head.statusLine());
    for (int i = 0; i < fields.size(); i++) {
      size += size(fields.name(i)) + size(fields.value(i));
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(MAGIC).putInt(VERSION).putInt(size).putInt(0).putLong(bodyLength);
    Freshness fresh = head.freshness();
    out.putLong(fresh.validUntil()).putLong(fresh.whileUpdating()).putLong(fresh.onError());
    out.putInt(head.status());
    put(out, head.key());
    put(out, head.vary());
    put(out, head.variant());
    put(out, head.statusLine());
    out.putInt(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      put(out, fields.name(i));
      put(out, fields.value(i));
    }
    out.putInt(PREFIX - Integer.BYTES, crc(out.array()));
    return out.array();
  }

  private static int size(String text) {
    return Integer.BYTES + text.length();
  }

  private static void put(ByteBuffer out, String text) {
    out.putInt(text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int crc(byte[] head) {
    CRC32 crc = new CRC32();
    crc.update(head, PREFIX, head.length - PREFIX);
    return (int) crc.getValue();
  }

  /**
   * The length of the head that begins with these octets.
   *
   * @throws DamagedFile when they begin none
   */
  static int headLength(ByteBuffer start) throws DamagedFile {
    if (start.remaining() < PREFIX) {
      throw new DamagedFile("is too small");
    }
    if (start.getInt(0) != MAGIC || start.getInt(4) != VERSION) {
      throw new DamagedFile("has another format");
    }
    int length = start.getInt(8);
    if (length < PREFIX || length > MAX_HEAD) {
      throw new DamagedFile("is damaged");
    }
    return length;
  }

  /** A head that was read, with the length of the body that belongs to it. */
  record Decoded(CachedHead head, long bodyLength) {}

  /**
   * Reads a whole head.
   *
   * @throws DamagedFile when it is none
   */
  static Decoded decode(byte[] head) throws DamagedFile {
    ByteBuffer in = ByteBuffer.wrap(head);
    if (in.getInt(PREFIX - Integer.BYTES) != crc(head)) {
      throw new DamagedFile("is damaged");
    }
    try {
      in.position(PREFIX);
      long length = in.getLong();
      Freshness freshness = new Freshness(in.getLong(), in.getLong(), in.getLong());
      int status = in.getInt();
      String key = text(in);
      String vary = text(in);
      String variant = text(in);
      String statusLine = text(in);
      int count = in.getInt();
      Headers fields = new Headers();
      for (int i = 0; i < count; i++) {
        fields.add(text(in), text(in));
      }
      return new Decoded(
          new CachedHead(key, freshness, vary, variant, status, statusLine, fields), length);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DamagedFile("is damaged");
    }
  }

  private static String text(ByteBuffer in) throws DamagedFile {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new DamagedFile("is damaged");
    }
    byte[] octets = new byte[length];
    in.get(octets);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
