package dev.banyan.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its connection's loop: the frames that a server of gRPC sends for one request, judged as
 * nginx judges them.
 */
final class GrpcInput {
  private static final int PRIORITY_LENGTH = 5;
  private static final int OCTET = 0xff;

  /** Below this window the server is allowed more. */
  private static final int NARROW = GrpcLink.MAX_WINDOW / 4;

  private final RawSocket.ReadBuffer in;
  private final GrpcLink link;
  private final GrpcReplies replies;
  private final int stream;
  private final long largestBlock;
  private @Nullable ByteArrayOutputStream block;
  private byte @Nullable [] wholeBlock;
  private long window = GrpcLink.MAX_WINDOW;
  private boolean inBody;
  private boolean inData;
  private boolean lastData;
  private int left;
  private int padding;
  private int of;
  private boolean ends;
  private boolean done;
  private boolean reset;
  private boolean leaving;

  /** What is there without waiting. */
  enum Found {
    /** A head, or the fields behind the body: {@link #takeBlock()}. */
    FIELDS,
    /** Octets of the body: {@link #takeData()}. */
    DATA,
    /** Nothing: the server is to be read from. */
    NONE,
    END
  }

  GrpcInput(
      RawSocket.ReadBuffer in, GrpcLink link, GrpcReplies replies, int stream, long headLimit) {
    this.in = in;
    this.link = link;
    this.replies = replies;
    this.stream = stream;
    this.largestBlock = 2 * headLimit + GrpcFrame.LARGEST; // no coding makes a text twice as long
  }

  /** The head is through: what follows is the body. */
  void bodyBegins() {
    inBody = true;
    done = ends;
  }

  /** Whether the server has closed the stream. */
  boolean ends() {
    return ends;
  }

  /** The fields behind the body were the last of the stream. */
  void finish() {
    done = true;
  }

  /** Whether the connection can carry another request, as far as the server's part goes. */
  boolean reusable() {
    return done && !leaving && !inData && block == null && in.size() == 0;
  }

  /** Looks at what has come, and answers what is the connection's own business. */
  Found look() {
    while (true) {
      if (wholeBlock != null) {
        return Found.FIELDS;
      }
      if (inData) {
        if (left > padding) {
          return in.size() > 0 ? Found.DATA : Found.NONE;
        }
        if (!skipPadding()) {
          return Found.NONE;
        }
      } else if (!frame()) {
        return done ? Found.END : Found.NONE;
      }
    }
  }

  byte[] takeBlock() {
    byte[] taken = java.util.Objects.requireNonNull(wholeBlock);
    wholeBlock = null;
    return taken;
  }

  byte[] takeData() {
    int count = Math.min(left - padding, in.size());
    left -= count;
    return in.take(count);
  }

  private boolean skipPadding() {
    int skipped = Math.min(left, in.size());
    in.take(skipped);
    left -= skipped;
    padding -= skipped;
    if (left > 0) {
      return false;
    }
    inData = false;
    done |= lastData;
    return true;
  }

  /** Takes a frame, or the head of one with data; false while it isn't all there. */
  private boolean frame() {
    if (in.size() >= 3) {
      check(
          number(0, 3) > GrpcFrame.LARGEST, "upstream sent too large http2 frame: ", number(0, 3));
    }
    if (in.size() < GrpcFrame.HEAD) {
      return false;
    }
    int length = number(0, 3);
    int type = in.at(3);
    int flags = in.at(4);
    of = number(5, 4) & Integer.MAX_VALUE;
    checkOrder(type, length);
    if (type == GrpcFrame.DATA) {
      return data(length, flags);
    }
    GrpcReplies.check(type, of, flags, length);
    if (in.size() < GrpcFrame.HEAD + length) {
      return false;
    }
    in.take(GrpcFrame.HEAD);
    take(type, flags, in.take(length));
    return true;
  }

  private int number(int at, int octets) {
    int number = 0;
    for (int i = at; i < at + octets; i++) {
      number = (number << Byte.SIZE) | in.at(i);
    }
    return number;
  }

  private void checkOrder(int type, int length) {
    boolean goesOn = type == GrpcFrame.CONTINUATION;
    boolean early = type == GrpcFrame.DATA && !inBody;
    check(early || goesOn != (block != null), "upstream sent unexpected http2 frame: ", type);
    if (type == GrpcFrame.DATA) {
      check(of != stream, "upstream sent data frame for unknown stream ", of);
      checkWindow("stream", window, length);
      checkWindow("connection", link.receiveWindow, length);
    }
    check(of != 0 && of != stream, "upstream sent frame for unknown stream ", of);
    boolean closing = type == GrpcFrame.RST_STREAM || type == GrpcFrame.WINDOW_UPDATE;
    check(of != 0 && done && !closing, "upstream sent frame for closed stream ", of);
  }

  private static void checkWindow(String whose, long window, int length) {
    if (length > window) {
      throw broken(
          "upstream violated %s flow control, received %d data frame with window %d"
              .formatted(whose, length, window));
    }
  }

  private boolean data(int length, int flags) {
    boolean padded = (flags & GrpcFrame.PADDED) != 0;
    if (padded && length == 0) {
      throw broken("upstream sent too short http2 frame");
    }
    if (padded && in.size() == GrpcFrame.HEAD) {
      return false;
    }
    in.take(GrpcFrame.HEAD);
    left = length;
    padding = 0;
    if (padded) {
      left--;
      padding = in.take(1)[0] & OCTET;
      checkPadding(padding, left);
    }
    window -= length;
    link.receiveWindow -= length;
    if (window < NARROW || link.receiveWindow < NARROW) {
      replies.widen(
          (int) (GrpcLink.MAX_WINDOW - link.receiveWindow), (int) (GrpcLink.MAX_WINDOW - window));
      link.receiveWindow = GrpcLink.MAX_WINDOW;
      window = GrpcLink.MAX_WINDOW;
    }
    inData = true;
    lastData = (flags & GrpcFrame.END_STREAM) != 0;
    return true;
  }

  private static void checkPadding(int padding, int left) {
    if (padding > left) {
      throw broken(
          "upstream sent http2 frame with too long padding: %d in frame %d"
              .formatted(padding, left));
    }
  }

  private void take(int type, int flags, byte[] payload) {
    switch (type) {
      case GrpcFrame.HEADERS -> headers(flags, payload);
      case GrpcFrame.CONTINUATION -> fragment(flags, payload, 0, payload.length);
      case GrpcFrame.RST_STREAM -> rst(payload);
      case GrpcFrame.GOAWAY -> goaway(payload);
      case GrpcFrame.WINDOW_UPDATE -> replies.windowUpdate(of, payload);
      case GrpcFrame.SETTINGS -> replies.settings(flags, payload);
      case GrpcFrame.PING -> replies.ping(payload);
      default -> {
        // priorities, and what this version of the protocol doesn't know
      }
    }
  }

  private void headers(int flags, byte[] payload) {
    boolean padded = (flags & GrpcFrame.PADDED) != 0;
    int skipped = (padded ? 1 : 0) + ((flags & GrpcFrame.PRIORITY) != 0 ? PRIORITY_LENGTH : 0);
    check(
        payload.length < skipped,
        "upstream sent headers frame with invalid length: ",
        payload.length);
    int behind = padded ? payload[0] & OCTET : 0;
    checkPadding(behind, payload.length - skipped);
    ends |= (flags & GrpcFrame.END_STREAM) != 0;
    block = new ByteArrayOutputStream(payload.length);
    fragment(flags, payload, skipped, payload.length - skipped - behind);
  }

  private void fragment(int flags, byte[] payload, int at, int length) {
    ByteArrayOutputStream whole = java.util.Objects.requireNonNull(block);
    whole.write(payload, at, length);
    if (whole.size() > largestBlock) {
      throw broken("upstream sent too big header");
    }
    if ((flags & GrpcFrame.END_HEADERS) != 0) {
      wholeBlock = whole.toByteArray();
      block = null;
    }
  }

  private void rst(byte[] payload) {
    int error = ByteBuffer.wrap(payload).getInt();
    if (!done || error != 0) {
      throw broken("upstream rejected request with error " + Integer.toUnsignedString(error));
    }
    check(reset, "upstream sent frame for closed stream ", of);
    reset = true;
  }

  private void goaway(byte[] payload) {
    ByteBuffer said = ByteBuffer.wrap(payload);
    int last = said.getInt() & Integer.MAX_VALUE;
    if (last < stream) {
      throw broken("upstream sent goaway with error " + Integer.toUnsignedString(said.getInt()));
    }
    leaving = true;
  }

  private static void check(boolean wrong, String what, int number) {
    if (wrong) {
      throw broken(what + number);
    }
  }

  static TransportException broken(String what) {
    return AnswerHead.broken(what);
  }
}
