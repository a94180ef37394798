package dev.banyan.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Owned by its connection's thread: the body of a request, by length or in chunks. */
final class RequestBody extends InputStream {
  private static final int MOST_LINE = 1024;
  private static final int MOST_TRAILERS = 32;
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern SIZE = Pattern.compile("([0-9a-fA-F]{1,15})[ \\t]*(?:;.*)?");
  private static final int HEX = 16;

  private final TimedInput in;
  private final boolean chunked;

  /** What is left of it, or of its chunk. */
  private long left;

  private boolean ended;

  private RequestBody(TimedInput in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
    this.ended = !chunked && left == 0;
  }

  /**
   * The body behind a head.
   *
   * @throws Malformed when the head doesn't say clearly where it ends
   */
  static RequestBody of(RequestHead head, TimedInput in) throws Malformed {
    List<String> codings = head.values("Transfer-Encoding");
    List<String> lengths = head.values("Content-Length").stream().distinct().toList();
    if (codings.isEmpty()) {
      String length = lengths.isEmpty() ? "0" : lengths.getFirst();
      if (lengths.size() > 1 || !LENGTH.matcher(length).matches()) {
        throw new Malformed(400, "Content-Length is no length");
      }
      return new RequestBody(in, false, Long.parseLong(length));
    }
    if (!lengths.isEmpty()) {
      throw new Malformed(400, "both Content-Length and Transfer-Encoding: one is enough");
    }
    if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new Malformed(501, "of Transfer-Encoding only chunked is known");
    }
    return new RequestBody(in, true, 0);
  }

  /** Whether all of it was read. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    if (!ended && chunked && left == 0) {
      left = size();
      ended = left == 0;
    }
    if (ended) {
      return -1;
    }
    int count = in.read(to, from, (int) Math.min(most, left));
    if (count < 0) {
      throw new Malformed(400, "the request ends in the middle of its body");
    }
    left -= count;
    if (left == 0) {
      pieceEnds();
    }
    return count;
  }

  private void pieceEnds() throws IOException {
    if (!chunked) {
      ended = true;
    } else if (!in.line(MOST_LINE, 400).isEmpty()) {
      throw new Malformed(400, "a chunk is longer than it says");
    }
  }

  private long size() throws IOException {
    var size = SIZE.matcher(in.line(MOST_LINE, 400));
    if (!size.matches()) {
      throw new Malformed(400, "a chunk doesn't begin with its size");
    }
    long octets = Long.parseLong(size.group(1), HEX);
    for (int i = 0; octets == 0 && !in.line(MOST_LINE, 431).isEmpty(); i++) {
      if (i == MOST_TRAILERS) {
        throw new Malformed(431, "the body has more than " + MOST_TRAILERS + " trailers");
      }
    }
    return octets;
  }
}
