package dev.banyan.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Owned by its connection's thread: sends an answer's body; the connection stays open. */
final class AnswerBody extends OutputStream {
  private final OutputStream out;
  private final boolean chunked;
  private final boolean dropped;

  /**
   * A body.
   *
   * @param dropped whether none of it is sent
   */
  AnswerBody(OutputStream out, boolean chunked, boolean dropped) {
    this.out = out;
    this.chunked = chunked;
    this.dropped = dropped;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int count) throws IOException {
    if (dropped || count == 0) {
      return;
    }
    if (chunked) {
      out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    out.write(octets, from, count);
    if (chunked) {
      out.write('\r');
      out.write('\n');
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (chunked && !dropped) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
  }
}
