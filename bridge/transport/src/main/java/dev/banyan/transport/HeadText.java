package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/**
 * Owned by one thread while a head is laid out: its octets in one array, which goes to Netty's
 * buffer in one copy. The array is the thread's own and serves head after head.
 */
final class HeadText {
  private static final int USUAL = 2048;

  /** A thread keeps no array that is larger. */
  private static final int KEPT = 64 << 10;

  private static final FastThreadLocal<HeadText> OWN =
      new FastThreadLocal<>() {
        @Override
        protected HeadText initialValue() {
          return new HeadText();
        }
      };

  private byte[] bytes = new byte[USUAL];
  private int size;

  private HeadText() {}

  /** This thread's, empty; a head must be finished before the next one is begun. */
  static HeadText begin() {
    HeadText own = OWN.get();
    own.size = 0;
    return own;
  }

  /** Adds text of ours, whose chars are octets. */
  @SuppressWarnings("deprecation") // the one way to copy a string's octets without an array between
  HeadText add(String octets) {
    int length = octets.length();
    room(length);
    octets.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  /**
   * Adds text that others chose.
   *
   * @throws IllegalArgumentException when its octets hold a line end or NUL, which would forge
   *     fields; of a char above 255 the lower octet counts, as it would go out
   */
  HeadText foreign(String octets) {
    int from = size;
    add(octets);
    for (int i = from; i < size; i++) {
      byte octet = bytes[i];
      if (octet == '\n' || octet == '\r' || octet == 0) {
        throw new IllegalArgumentException("line end or NUL in a head: " + octets);
      }
    }
    return this;
  }

  /** Adds one octet. */
  HeadText add(char octet) {
    room(1);
    bytes[size++] = (byte) octet;
    return this;
  }

  /** Ends a line. */
  HeadText line() {
    room(2);
    bytes[size++] = '\r';
    bytes[size++] = '\n';
    return this;
  }

  /**
   * Adds a field's line.
   *
   * @throws IllegalArgumentException as {@link #foreign} does
   */
  HeadText field(String name, String value) {
    return foreign(name).add(':').add(' ').foreign(value).line();
  }

  /** The head in a buffer that has room for so many more octets. */
  ByteBuf toBuffer(ByteBufAllocator alloc, int more) {
    ByteBuf out = alloc.buffer(size + more);
    writeTo(out);
    return out;
  }

  /** Copies the head to the end of a buffer. */
  void writeTo(ByteBuf out) {
    out.writeBytes(bytes, 0, size);
    if (bytes.length > KEPT) {
      bytes = new byte[USUAL];
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
