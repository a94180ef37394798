package dev.banyan.transport;

import java.util.Arrays;

/**
 * Owned by its reader: numbers and parts of a TLS message; what is missing reads as zero and
 * nothing.
 */
final class WireOctets {
  private final byte[] bytes;
  private int at;

  WireOctets(byte[] bytes) {
    this.bytes = bytes;
  }

  int left() {
    return bytes.length - at;
  }

  int number(int size) {
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | (at < bytes.length ? bytes[at++] & 0xff : 0);
    }
    return value;
  }

  void skip(int count) {
    at += Math.min(count, left());
  }

  WireOctets part(int count) {
    int start = at;
    skip(count);
    return new WireOctets(Arrays.copyOfRange(bytes, start, at));
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }
}
