package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe, owned by its connection's loop: cuts a message body out of the connection's
 * octets, by length, by chunks (as strictly as nginx) or up to the close.
 */
final class BodyDecoder {
  /** Octets of one chunk's extension, or of all trailer fields. */
  static final int MAX_EXTRA = 8192;

  private static final long UNTIL_CLOSE = -2;

  private enum State {
    DATA,
    SIZE_START,
    SIZE,
    EXTENSION,
    SIZE_CR,
    AFTER_DATA,
    AFTER_DATA_CR,
    TRAILER,
    TRAILER_FIELD,
    TRAILER_FIELD_CR,
    END_CR,
    DONE
  }

  private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>(4);
  private final boolean chunked;
  private State state;
  private long remaining;
  private int extra;

  private BodyDecoder(boolean chunked, long remaining) {
    this.chunked = chunked;
    this.remaining = remaining;
    state = chunked ? State.SIZE_START : remaining == 0 ? State.DONE : State.DATA;
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

  /** The number that a Content-Length field says, or -1 when it is none. */
  static long parseLength(String value) {
    long number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return value.isEmpty() ? -1 : number;
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
    for (ByteBuf piece = ready.poll(); piece != null; piece = ready.poll()) {
      piece.release();
    }
  }

  /** The connection has ended: whoever reads may come to the pieces that wait, or never. */
  void detach() {
    for (int i = ready.size(); i > 0; i--) {
      ready.add(Buffers.detached(ready.remove()));
    }
  }

  /** Takes all pieces that wait, as one. */
  ByteBuf takeAll() {
    ByteBuf all = Unpooled.EMPTY_BUFFER;
    for (ByteBuf piece = ready.poll(); piece != null; piece = ready.poll()) {
      all = Buffers.append(ByteBufAllocator.DEFAULT, all, piece);
    }
    return all;
  }

  /**
   * Takes what belongs to the body from {@code in}.
   *
   * @return null, or what is wrong with the framing
   */
  @Nullable String decode(ByteBuf in) {
    while (state != State.DONE && in.isReadable()) {
      if (state == State.DATA) {
        data(in);
      } else {
        String fault = frame(in.readUnsignedByte());
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private void data(ByteBuf in) {
    int take = in.readableBytes();
    if (remaining != UNTIL_CLOSE) {
      take = (int) Math.min(take, remaining);
      remaining -= take;
    }
    ready.add(in.readRetainedSlice(take));
    if (remaining == 0) {
      state = chunked ? State.AFTER_DATA : State.DONE;
    }
  }

  private @Nullable String frame(int c) {
    return switch (state) {
      case SIZE_START -> sizeStart(c);
      case SIZE -> size(c);
      case EXTENSION -> extension(c);
      case SIZE_CR -> c == '\n' ? sizeEnds() : invalid();
      case AFTER_DATA -> c == '\r' ? go(State.AFTER_DATA_CR) : afterData(c);
      case AFTER_DATA_CR -> afterData(c);
      case TRAILER -> trailer(c);
      case TRAILER_FIELD -> trailerField(c);
      case TRAILER_FIELD_CR -> c == '\n' ? go(State.TRAILER) : invalid();
      case END_CR -> c == '\n' ? go(State.DONE) : invalid();
      case DATA, DONE -> null;
    };
  }

  private @Nullable String go(State next) {
    state = next;
    return null;
  }

  private static String invalid() {
    return "client sent invalid chunked body";
  }

  private static int hex(int c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private @Nullable String sizeStart(int c) {
    int digit = hex(c);
    if (digit < 0) {
      return invalid();
    }
    remaining = digit;
    extra = 0;
    return go(State.SIZE);
  }

  private @Nullable String size(int c) {
    int digit = hex(c);
    if (digit >= 0) {
      if (remaining > (Long.MAX_VALUE >> 4)) {
        return invalid();
      }
      remaining = remaining * 16 + digit;
      return null;
    }
    return switch (c) {
      case '\r' -> go(State.SIZE_CR);
      case '\n' -> sizeEnds();
      case ';', ' ', '\t' -> go(State.EXTENSION);
      default -> invalid();
    };
  }

  private @Nullable String extension(int c) {
    return switch (c) {
      case '\r' -> go(State.SIZE_CR);
      case '\n' -> sizeEnds();
      default -> tooMuch();
    };
  }

  private @Nullable String tooMuch() {
    return ++extra > MAX_EXTRA ? "client sent too large chunk extension or trailer" : null;
  }

  private @Nullable String sizeEnds() {
    return go(remaining == 0 ? State.TRAILER : State.DATA);
  }

  private @Nullable String afterData(int c) {
    return c == '\n' ? go(State.SIZE_START) : invalid();
  }

  private @Nullable String trailer(int c) {
    return switch (c) {
      case '\r' -> go(State.END_CR);
      case '\n' -> go(State.DONE);
      default -> {
        state = State.TRAILER_FIELD;
        yield tooMuch();
      }
    };
  }

  private @Nullable String trailerField(int c) {
    return switch (c) {
      case '\r' -> go(State.TRAILER_FIELD_CR);
      case '\n' -> go(State.TRAILER);
      default -> tooMuch();
    };
  }
}
