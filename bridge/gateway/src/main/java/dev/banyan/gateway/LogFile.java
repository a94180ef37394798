package dev.banyan.gateway;

import java.io.IOException;
import java.io.OutputStream;

/** Owned by the logs' thread: a log's file, which gets the lines of a batch at once. */
final class LogFile extends LineBuffer {
  private static final int SIZE = 8192;

  private final OutputStream file;

  LogFile(OutputStream file) {
    super(SIZE);
    this.file = file;
  }

  @Override
  void put(byte[] octets, int from, int length) throws IOException {
    file.write(octets, from, length);
  }

  @Override
  public void flush() throws IOException {
    release();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      release();
    }
  }
}
