package dev.banyan.lua.ffi;

import java.util.Arrays;

/** Owned by one machine: a {@code BIO} in memory, which is written to and read from. */
final class CBio {
  /** More than any chain of certificates has. */
  private static final int MOST_OCTETS = 1 << 20;

  private final boolean fixed;
  private byte[] octets;
  private int read;

  private CBio(byte[] octets, boolean fixed) {
    this.octets = octets;
    this.fixed = fixed;
  }

  static CBio empty() {
    return new CBio(new byte[0], false);
  }

  /** One of octets that stay. */
  static CBio of(byte[] octets) {
    return new CBio(octets, true);
  }

  /** False when there is no room. */
  boolean write(byte[] more) {
    if (fixed || octets.length - read > MOST_OCTETS - more.length) {
      return false;
    }
    byte[] all = Arrays.copyOfRange(octets, read, octets.length + more.length);
    System.arraycopy(more, 0, all, octets.length - read, more.length);
    octets = all;
    read = 0;
    return true;
  }

  /** What was not read yet, which stays. */
  byte[] left() {
    return Arrays.copyOfRange(octets, read, octets.length);
  }

  /** Reads so many octets, or as many as there are. */
  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(octets, read, Math.min(octets.length, read + count));
    read += taken.length;
    return taken;
  }

  /** Reads all. */
  byte[] takeAll() {
    return take(octets.length - read);
  }

  /** Begins anew: with what it was made of, or with nothing. */
  void reset() {
    read = 0;
    octets = fixed ? octets : new byte[0];
  }
}
