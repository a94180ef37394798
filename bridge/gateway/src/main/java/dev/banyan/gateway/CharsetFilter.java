package dev.banyan.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.nginx.CharsetTable;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Owned by its request's loop: turns a body from one charset into another. */
final class CharsetFilter implements BodyFilter {
  private static final int LAST_CODE_POINT = 0x10_ffff;

  private final CharsetTable table;
  private final BodyFilter next;

  /** The octets of a character that has begun and not ended. */
  private final byte[] begun = new byte[4];

  private int count;

  CharsetFilter(CharsetTable table, BodyFilter next) {
    this.table = table;
    this.next = next;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    byte[] octets = piece.bytes();
    byte[] changed =
        switch (table) {
          case CharsetTable.Octets one -> changed(octets, one);
          case CharsetTable.ToUtf8 utf8 -> toUtf8(octets, utf8);
          case CharsetTable.FromUtf8 utf8 -> fromUtf8(octets, utf8);
        };
    if (changed.length > 0 || last) { // a character that never ended is left out, as nginx does
      next.write(Chunk.of(changed), last);
    }
  }

  private static byte[] changed(byte[] octets, CharsetTable.Octets one) {
    byte[] changed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      changed[i] = one.of(octets[i]);
    }
    return changed;
  }

  /** A piece without a character that UTF-8 writes longer stays as it is, as on nginx. */
  private static byte[] toUtf8(byte[] octets, CharsetTable.ToUtf8 utf8) {
    if (!utf8.lengthens(octets)) {
      return octets;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 * octets.length);
    for (byte octet : octets) {
      utf8.append(octet, out);
    }
    return out.toByteArray();
  }

  private byte[] fromUtf8(byte[] octets, CharsetTable.FromUtf8 utf8) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    for (byte octet : octets) {
      if (count == 0 && octet >= 0) {
        out.write(octet);
      } else {
        begun[count++] = octet;
        if (count >= length(begun[0])) {
          convert(utf8, out);
        }
      }
    }
    return out.toByteArray();
  }

  /** How many octets a character has that begins with this one. */
  private static int length(byte lead) {
    int octet = lead & 0xff;
    return octet < 0xc2 ? 1 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
  }

  /** Converts what was begun; what follows the octet that breaks a character begins anew. */
  private void convert(CharsetTable.FromUtf8 utf8, ByteArrayOutputStream out) {
    int length = count;
    byte[] taken = begun.clone();
    count = 0;
    int codePoint = length == 1 ? -1 : taken[0] & (length == 2 ? 0x1f : length == 3 ? 0x0f : 7);
    int used = 1;
    while (used < length && codePoint >= 0) {
      byte octet = taken[used++];
      codePoint = octet >= 0 ? -1 : (codePoint << 6) | (octet & 0x3f);
    }
    if (codePoint < least(length) || codePoint > LAST_CODE_POINT) {
      out.write(CharsetTable.UNKNOWN);
    } else if (utf8.of(codePoint) != 0) {
      out.write(utf8.of(codePoint));
    } else {
      out.writeBytes(("&#" + codePoint + ";").getBytes(ISO_8859_1));
    }
    byte[] rest = fromUtf8(Arrays.copyOfRange(taken, used, length), utf8);
    out.writeBytes(rest);
  }

  /** The first code point that needs so many octets. */
  private static int least(int length) {
    return switch (length) {
      case 2 -> 0x80;
      case 3 -> 0x800;
      default -> 0x1_0000;
    };
  }

  @Override
  public void flush() {
    next.flush();
  }
}
