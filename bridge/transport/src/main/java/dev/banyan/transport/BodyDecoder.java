package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe, owned by its connection's loop: cuts a message body out of the connection's
 * octets, by length, by chunks (RFC 9112 section 7.1, strictly) or up to the close.
 */
final class BodyDecoder {
  private static final long UNTIL_CLOSE = -2;
  private static final int MAX_TRAILER_BYTES = 8192;

  private enum State {
    DATA,
    CHUNK_SIZE,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private final boolean chunked;
  private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>();
  private State state;
  private long remaining;
  private long size;
  private int sizeDigits;
  private boolean inExtension;
  private int trailerBytes;
  private int trailerLine;

  private BodyDecoder(boolean chunked, long remaining) {
    this.chunked = chunked;
    this.remaining = remaining;
    state = chunked ? State.CHUNK_SIZE : remaining == 0 ? State.DONE : State.DATA;
  }

  static BodyDecoder length(long bytes) {
    return new BodyDecoder(false, bytes);
  }

  static BodyDecoder chunked() {
    return new BodyDecoder(true, 0);
  }

  static BodyDecoder untilClose() {
    return new BodyDecoder(false, UNTIL_CLOSE);
  }

  /** Whether the body has ended on the wire (pieces may still wait to be taken). */
  boolean done() {
    return state == State.DONE;
  }

  /** The next piece, or null when none waits. */
  @Nullable ByteBuf poll() {
    return ready.poll();
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  /** Ends a body that lasts until the close; answers false when the close is premature. */
  boolean peerClosed() {
    if (remaining == UNTIL_CLOSE && !chunked) {
      state = State.DONE;
    }
    return state == State.DONE;
  }

  void releaseAll() {
    ByteBuf piece = ready.poll();
    while (piece != null) {
      piece.release();
      piece = ready.poll();
    }
  }

  /**
   * Takes what belongs to the body from {@code in}.
   *
   * @return null, or what is wrong with the framing
   */
  @Nullable String decode(ByteBuf in) {
    while (state != State.DONE && in.isReadable()) {
      String fault =
          switch (state) {
            case DATA -> data(in);
            case CHUNK_SIZE -> chunkSize(in);
            case CHUNK_END -> chunkEnd(in);
            case TRAILER -> trailer(in);
            case DONE -> null;
          };
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private @Nullable String data(ByteBuf in) {
    int take = in.readableBytes();
    if (remaining != UNTIL_CLOSE) {
      take = (int) Math.min(take, remaining);
      remaining -= take;
    }
    ready.add(in.readRetainedSlice(take));
    if (remaining == 0) {
      state = chunked ? State.CHUNK_END : State.DONE;
    }
    return null;
  }

  private @Nullable String chunkSize(ByteBuf in) {
    int c = in.readUnsignedByte();
    if (c == '\n') {
      if (sizeDigits == 0) {
        return "chunk without a size";
      }
      remaining = size;
      state = size == 0 ? State.TRAILER : State.DATA;
      size = 0;
      sizeDigits = 0;
      inExtension = false;
      return null;
    }
    if (inExtension) {
      return c == 0 ? "NUL in a chunk extension" : null;
    }
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit >= 0) {
      sizeDigits++;
      if (sizeDigits > 15) {
        return "chunk size is too large";
      }
      size = size * 16 + digit;
      return null;
    }
    if (sizeDigits > 0 && (c == ';' || c == '\r' || c == ' ' || c == '\t')) {
      inExtension = true;
      return null;
    }
    return "chunk size has a forbidden octet";
  }

  private @Nullable String chunkEnd(ByteBuf in) {
    int c = in.readUnsignedByte();
    if (c == '\r') {
      return null;
    }
    if (c != '\n') {
      return "chunk is longer than its size";
    }
    state = State.CHUNK_SIZE;
    return null;
  }

  private @Nullable String trailer(ByteBuf in) {
    int c = in.readUnsignedByte();
    if (++trailerBytes > MAX_TRAILER_BYTES) {
      return "trailers are too large";
    }
    if (c == '\n') {
      if (trailerLine == 0) {
        state = State.DONE;
      }
      trailerLine = 0;
    } else if (c != '\r') {
      trailerLine++;
    }
    return null;
  }
}
