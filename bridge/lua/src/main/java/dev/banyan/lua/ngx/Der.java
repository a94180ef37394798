package dev.banyan.lua.ngx;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One element of ASN.1's distinguished encoding: the few parts of it that OCSP needs.
 *
 * @param tag the identifier octet
 * @param content without tag and length
 * @param encoded with both
 */
@SuppressWarnings("ArrayRecordComponent") // read here and in OCSP alone, never compared
record Der(int tag, byte[] content, byte[] encoded) {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int ENUMERATED = 0x0a;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;

  private static final int LONG_LENGTH = 0x80;
  private static final int MAX_LENGTH_OCTETS = 3;

  /** What is no such encoding, or not the one that was expected. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /** The element that octets begin with; others may follow. */
  static Der first(byte[] octets) throws Malformed {
    return at(octets, 0);
  }

  private static Der at(byte[] octets, int start) throws Malformed {
    if (octets.length - start < 2) {
      throw new Malformed("an element is cut off");
    }
    int length = octets[start + 1] & 0xff;
    int header = 2;
    if (length >= LONG_LENGTH) {
      int count = length - LONG_LENGTH;
      header += count;
      if (count == 0 || count > MAX_LENGTH_OCTETS || octets.length - start < header) {
        throw new Malformed("an element's length can't be read");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = (length << 8) | (octets[start + 2 + i] & 0xff);
      }
    }
    if (octets.length - start - header < length) {
      throw new Malformed("an element is cut off");
    }
    int end = start + header + length;
    return new Der(
        octets[start] & 0xff,
        Arrays.copyOfRange(octets, start + header, end),
        Arrays.copyOfRange(octets, start, end));
  }

  /** The elements that this one holds. */
  List<Der> children() throws Malformed {
    List<Der> children = new ArrayList<>();
    for (int at = 0; at < content.length; ) {
      Der child = at(content, at);
      children.add(child);
      at += child.encoded.length;
    }
    return children;
  }

  /** The child of a place. */
  Der child(int index) throws Malformed {
    List<Der> children = children();
    if (index >= children.size()) {
      throw new Malformed("an element is missing");
    }
    return children.get(index);
  }

  /** This element, when it has the tag. */
  Der expect(int wanted) throws Malformed {
    if (tag != wanted) {
      throw new Malformed("tag " + wanted + " expected, got " + tag);
    }
    return this;
  }

  /** The octets of a bit string. */
  byte[] bits() throws Malformed {
    if (expect(BIT_STRING).content.length == 0) {
      throw new Malformed("a bit string is empty");
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }

  /** An encoded element of this tag around others. */
  static byte[] encode(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (length < LONG_LENGTH) {
      element.write(length);
    } else if (length <= 0xff) {
      element.write(LONG_LENGTH + 1);
      element.write(length);
    } else {
      element.write(LONG_LENGTH + 2);
      element.write(length >> 8);
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
