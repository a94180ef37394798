package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its connection's loop: what one request sends, no faster than its server's windows
 * allow. Who writes the body waits here for windows, which who reads the answer opens.
 */
final class GrpcOutput {
  private final GrpcLink link;
  private final int stream;
  private final List<byte[]> head = new ArrayList<>();
  private final List<byte[]> replies = new ArrayList<>();
  private final ArrayDeque<byte[]> body = new ArrayDeque<>();
  private @Nullable Promise<Boolean> opening;
  private long window;
  private int at;
  private boolean ends;
  private boolean closed;

  GrpcOutput(GrpcLink link, int stream) {
    this.link = link;
    this.stream = stream;
    this.window = link.initialWindow;
  }

  /** Adds the head. */
  void head(byte[] block, boolean first, boolean endStream) {
    if (first) {
      head.add(GrpcFrame.opening());
    }
    GrpcFrame.head(head, stream, block, endStream);
    closed = endStream;
  }

  /** Adds a part of the body. */
  void body(byte[] octets) {
    if (octets.length > 0) {
      body.add(octets);
    }
  }

  /** The body ends with what was added. */
  void end() {
    ends = true;
  }

  /** Adds a frame that answers the server, and goes out with the next ones. */
  void reply(byte[] frame) {
    replies.add(frame);
  }

  /** Whether frames of {@link #reply} wait. */
  boolean owesReplies() {
    return !replies.isEmpty();
  }

  /** Whether the whole request is out. */
  boolean isOut() {
    return closed && body.isEmpty();
  }

  /** Whether there is more of the body than the windows allow. */
  boolean blocked() {
    return !body.isEmpty();
  }

  /** How much the stream may be sent; negative when the server has taken back what it gave. */
  long window() {
    return window;
  }

  /** The server has changed the stream's window. */
  void widen(long by) {
    window += by;
    opened();
  }

  /** Lets who waits for a window look again. */
  void opened() {
    Promise<Boolean> promise = opening;
    opening = null;
    if (promise != null) {
      promise.complete(true);
    }
  }

  /** Takes all that may go out now. */
  List<byte[]> take() {
    List<byte[]> out = new ArrayList<>(head);
    head.clear();
    out.addAll(replies);
    replies.clear();
    long limit = Math.min(window, link.sendWindow);
    while (limit > 0 && !body.isEmpty()) {
      byte[] first = body.getFirst();
      int length = (int) Math.min(Math.min(limit, GrpcFrame.LARGEST), first.length - at);
      out.add(GrpcFrame.data(stream, first, at, length));
      at += length;
      limit -= length;
      window -= length;
      link.sendWindow -= length;
      if (at == first.length) {
        body.removeFirst();
        at = 0;
      }
    }
    if (ends && !closed && body.isEmpty()) {
      closed = true;
      out.add(GrpcFrame.end(stream));
    }
    return out;
  }

  /** Waits until the windows let something out; they may have, while the last part was sent. */
  void awaitWindow(Duration timeout) throws TimeoutException {
    if (Math.min(window, link.sendWindow) > 0) {
      return;
    }
    Promise<Boolean> promise = new Promise<>();
    opening = promise;
    promise.await(timeout);
  }
}
