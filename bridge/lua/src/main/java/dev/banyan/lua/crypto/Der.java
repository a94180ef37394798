package dev.banyan.lua.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** Items of DER: a tag, a length, a content. Reading beside the octets is Java's exception. */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int INTEGER = 0x02;
  static final int BITS = 0x03;
  static final int OCTETS = 0x04;
  static final int OBJECT = 0x06;
  static final int SET = 0x31;
  static final byte[] NOTHING = {};

  private static final int LONG = 0x80;

  private Der() {}

  /** The tag of the item at {@code at}. */
  static int tag(byte[] octets, int at) {
    return octets[at] & 0xff;
  }

  /** Where the content of the item at {@code at} begins. */
  static int content(byte[] octets, int at) {
    int size = octets[at + 1] & 0xff;
    return size < LONG ? at + 2 : at + 2 + (size - LONG);
  }

  /** Where the item at {@code at} ends. */
  static int end(byte[] octets, int at) {
    int start = content(octets, at);
    if (start == at + 2) {
      return start + octets[at + 1];
    }
    int size = 0;
    for (int i = at + 2; i < start; i++) {
      size = (size << Byte.SIZE) | (octets[i] & 0xff);
    }
    return Math.addExact(start, size);
  }

  /** The item at {@code at}, whole. */
  static byte[] whole(byte[] octets, int at) {
    return Arrays.copyOfRange(octets, at, end(octets, at));
  }

  /** The object of dotted numbers. */
  static byte[] object(String dotted) {
    String[] numbers = dotted.split("\\.");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 1; i < numbers.length; i++) {
      BigInteger number = new BigInteger(numbers[i]);
      if (i == 1) {
        number = number.add(BigInteger.valueOf(40L * Integer.parseInt(numbers[0])));
      }
      for (int at = (Math.max(1, number.bitLength()) - 1) / 7; at >= 0; at--) {
        int bits = number.shiftRight(7 * at).intValue() & 0x7f;
        content.write(at == 0 ? bits : bits | LONG);
      }
    }
    return item(OBJECT, content.toByteArray());
  }

  /** An item of what parts make together. */
  static byte[] item(int tag, byte[]... parts) {
    byte[] content = joined(parts);
    int size = content.length;
    byte[] head =
        size < LONG
            ? new byte[] {(byte) tag, (byte) size}
            : size <= 0xff
                ? new byte[] {(byte) tag, (byte) (LONG + 1), (byte) size}
                : new byte[] {(byte) tag, (byte) (LONG + 2), (byte) (size >> 8), (byte) size};
    return joined(head, content);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
