package dev.banyan.server.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Owned by its connection's thread, but for {@link #stuckNanos}: tells how long a client hasn't
 * taken what is sent to it.
 */
final class WatchedOutput extends OutputStream {
  private static final long IDLE = 0;

  private final OutputStream out;
  private volatile long since = IDLE;

  WatchedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int count) throws IOException {
    since = System.nanoTime() | 1; // never the value that means idle
    try {
      out.write(octets, from, count);
    } finally {
      since = IDLE;
    }
  }

  /** For how long it has been waiting for the client; 0 while it isn't. */
  long stuckNanos() {
    long began = since;
    return began == IDLE ? 0 : System.nanoTime() - began;
  }
}
