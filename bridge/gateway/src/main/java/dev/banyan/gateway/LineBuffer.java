package dev.banyan.gateway;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Owned by the logs' thread: lines of a log until they are written at once. What can't be written
 * is lost, not tried for ever: tried again, lines of which a part was taken would be there twice.
 */
abstract class LineBuffer extends OutputStream {
  private final int size;
  private byte[] lines = {}; // many a log has no line
  private int count;

  LineBuffer(int size) {
    this.size = size;
  }

  @Override
  public final void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /** Adds a whole line. */
  @Override
  public final void write(byte[] octets, int from, int length) throws IOException {
    try {
      if (length > size - count) {
        release();
      }
    } finally { // this one may find room again
      add(octets, from, length);
    }
  }

  private void add(byte[] octets, int from, int length) throws IOException {
    if (length > size) {
      put(octets, from, length);
      return;
    }
    if (lines.length == 0) {
      lines = new byte[size];
    }
    if (count == 0) {
      begun();
    }
    System.arraycopy(octets, from, lines, count, length);
    count += length;
  }

  /** Whether no line waits. */
  final boolean isEmpty() {
    return count == 0;
  }

  /** Writes what waits. */
  final void release() throws IOException {
    int ready = count;
    count = 0;
    if (ready > 0) {
      put(lines, 0, ready);
    }
  }

  /** The first line is about to wait. */
  void begun() {}

  /** Writes lines at once. */
  abstract void put(byte[] octets, int from, int length) throws IOException;
}
