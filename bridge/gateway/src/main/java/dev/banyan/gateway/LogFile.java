package dev.banyan.gateway;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Owned by the logs' thread: a log's file, which gets the lines of a batch at once. What it doesn't
 * take is lost: tried again, the lines of which it took a part would be there twice.
 */
final class LogFile extends OutputStream {
  private final OutputStream file;
  private final byte[] lines = new byte[8192];
  private int count;

  LogFile(OutputStream file) {
    this.file = file;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    try {
      if (length > lines.length - count) {
        flush();
      }
    } finally { // this one may find room again
      if (length > lines.length) {
        file.write(octets, from, length);
      } else {
        System.arraycopy(octets, from, lines, count, length);
        count += length;
      }
    }
  }

  @Override
  public void flush() throws IOException {
    int ready = count;
    count = 0;
    if (ready > 0) {
      file.write(lines, 0, ready);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
