package dev.banyan.nginx;

import java.io.ByteArrayOutputStream;

/** One direction of a {@code charset_map}. Immutable. */
public sealed interface CharsetTable {
  /** What stands for an octet that has no counterpart. */
  byte UNKNOWN = '?';

  /** Of a charset of single octets to another one. */
  final class Octets implements CharsetTable {
    private final byte[] to = new byte[256];

    Octets() {
      for (int i = 0; i < to.length; i++) {
        to[i] = i < 0x80 ? (byte) i : UNKNOWN;
      }
    }

    void put(int from, int octet) {
      to[from] = (byte) octet;
    }

    /** The counterpart of an octet. */
    public byte of(byte octet) {
      return to[octet & 0xff];
    }
  }

  /** Of a charset of single octets to UTF-8. */
  final class ToUtf8 implements CharsetTable {
    private final byte[][] to = new byte[256][];

    ToUtf8() {
      for (int i = 0; i < to.length; i++) {
        to[i] = new byte[] {i < 0x80 ? (byte) i : UNKNOWN};
      }
    }

    void put(int from, byte[] octets) {
      to[from] = octets.clone();
    }

    /** Whether the counterpart of any of these is longer than it. */
    public boolean lengthens(byte[] octets) {
      for (byte octet : octets) {
        if (to[octet & 0xff].length > 1) {
          return true;
        }
      }
      return false;
    }

    /** Adds the counterpart of an octet. */
    public void append(byte octet, ByteArrayOutputStream out) {
      byte[] octets = to[octet & 0xff];
      out.write(octets, 0, octets.length);
    }
  }

  /** Of UTF-8 to a charset of single octets. */
  final class FromUtf8 implements CharsetTable {
    private static final int PAGE = 256;

    private final byte[][] pages = new byte[PAGE][0];

    void put(int codePoint, int octet) {
      int page = codePoint / PAGE;
      if (pages[page].length == 0) {
        pages[page] = new byte[PAGE];
      }
      pages[page][codePoint % PAGE] = (byte) octet;
    }

    /** The counterpart of a code point; 0 for none. */
    public byte of(int codePoint) {
      int page = codePoint / PAGE;
      return page >= PAGE || pages[page].length == 0 ? 0 : pages[page][codePoint % PAGE];
    }
  }
}
