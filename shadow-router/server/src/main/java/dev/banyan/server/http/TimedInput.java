package dev.banyan.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Owned by its connection's thread: what a client sends, with an end to the wait for it. */
final class TimedInput {
  private static final int ROOM = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[ROOM];
  private int at;
  private int end;
  private long deadline;

  TimedInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** From now on all must come within this time. */
  void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** The next octet, or -1 at the end. */
  int read() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  /** Some octets, or -1 at the end. */
  int read(byte[] to, int from, int most) throws IOException {
    if (at == end && !fill()) {
      return -1;
    }
    int count = Math.min(most, end - at);
    System.arraycopy(buffer, at, to, from, count);
    at += count;
    return count;
  }

  /** Whether something comes; what comes is still to be read. */
  boolean comes() throws IOException {
    try {
      return at < end || fill();
    } catch (SocketTimeoutException _) {
      return false; // nobody has begun a request
    }
  }

  /**
   * A line without its end.
   *
   * @throws Malformed with this status when it is longer than {@code most} or isn't ended
   */
  String line(int most, int status) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = read(); octet != '\n'; octet = read()) {
      if (octet < 0) {
        throw new Malformed(400, "the request ends in the middle of its head");
      }
      if (line.length() >= most) {
        throw new Malformed(status, "a line of the head is longer than " + most + " octets");
      }
      line.append((char) octet);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  private boolean fill() throws IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("it took too long");
    }
    socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
    int count = in.read(buffer);
    at = 0;
    end = Math.max(0, count);
    return count > 0;
  }
}
