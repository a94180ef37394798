package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its connection's loop: writes one HTTP/1.x answer, head and small pieces together in one
 * buffer, large pieces as they are.
 */
final class Http1Sender {
  /** Pieces up to this are copied behind the head, so that a small answer is one write. */
  private static final int SMALL_PIECE = 8192;

  /** So many octets go out although nothing flushes them, as nginx's postpone_output has it. */
  private static final int POSTPONED = 1460;

  private final ChannelHandlerContext ctx;
  private boolean headSent;
  private boolean bodyAllowed;
  private final Closing closing;
  private boolean chunked;
  private boolean mayChunk = true;
  private boolean insists;
  private int leading = -1;
  private long announced = -1;
  private long bodySent;
  private long sent;
  private long headSize;
  private @Nullable Headers trailers;
  private @Nullable ByteBuf pending;

  /** How much of {@link #pending} is the client's, even if the answer ends here. */
  private int due;

  private @Nullable Promise<Boolean> writable;

  Http1Sender(ChannelHandlerContext ctx, Closing closing) {
    this.ctx = ctx;
    this.closing = closing;
  }

  boolean begun() {
    return headSent;
  }

  /** What has gone out, without what waits for more. */
  long sent() {
    ByteBuf waiting = pending;
    return waiting == null ? sent : sent - waiting.readableBytes();
  }

  /** Lets a body follow whatever the status. */
  void insist() {
    insists = true;
  }

  void withoutChunks() {
    mayChunk = false;
  }

  /** How many of the head's fields go before the framing's. */
  void leading(int fields) {
    leading = fields;
  }

  long sentAfterHead() {
    return Math.max(0, sent() - headSize);
  }

  /** Queues the head; answers whether the connection can outlive this answer. */
  boolean sendHead(
      int version,
      boolean bodiless,
      int status,
      String statusLine,
      Headers headers,
      boolean reusable) {
    if (headSent) {
      throw new IllegalStateException("the response head was sent already");
    }
    boolean switches = status == 101; // what follows is the other protocol's, as it comes
    boolean framed = !bodiless && status != 204 && status != 304 && status >= 200;
    boolean interim = status < 200 && !bodiless; // nginx sends the body of such a status unframed
    bodyAllowed = framed || interim || insists;
    String length = headers.first("Content-Length");
    if (length != null && framed) {
      announced = BodyDecoder.parseLength(length);
    }
    chunked = framed && length == null && version >= 11 && mayChunk;
    boolean delimited = !framed || length != null || chunked;
    boolean keep = reusable && delimited && version != 9;
    if (version != 9) {
      String field = switches ? "upgrade" : keep ? "keep-alive" : "close";
      int lead = leading < 0 ? ResponseHead.leading(headers) : leading;
      HeadText head = ResponseHead.of(status, statusLine, headers, lead, chunked, field);
      int small = announced > SMALL_PIECE ? 0 : (int) Math.max(announced, 0);
      ByteBuf out = head.toBuffer(ctx.alloc(), small);
      pending = out;
      headSize = out.readableBytes();
      sent += headSize;
    }
    headSent = true;
    return keep;
  }

  void sendInterim(int status, Headers headers) {
    HeadText head = ResponseHead.of(status, ReasonPhrases.interim(status), headers, 0, false, null);
    ctx.writeAndFlush(head.toBuffer(ctx.alloc(), 0), ctx.voidPromise());
  }

  void write(Chunk chunk) {
    int length = chunk.length();
    if (!headSent || !bodyAllowed || length == 0) {
      chunk.discard();
      return;
    }
    ByteBuf data = WireChunk.buffer(chunk);
    bodySent += length;
    sent += length;
    if (length <= SMALL_PIECE) {
      writeSmall(data, length);
    } else {
      writeLarge(data, length);
    }
  }

  private ByteBuf pendingBuffer(int capacity) {
    ByteBuf out = pending;
    if (out == null) {
      out = ctx.alloc().buffer(capacity);
      pending = out;
    }
    return out;
  }

  private void writeSmall(ByteBuf data, int length) {
    ByteBuf out = pendingBuffer(length + 16);
    if (chunked) {
      sent += ResponseHead.chunkSize(out, length) + 2;
    }
    out.writeBytes(data);
    data.release();
    if (chunked) {
      ResponseHead.lineEnd(out);
    }
    if (out.writerIndex() - due >= POSTPONED) {
      due = out.writerIndex();
      if (due > SMALL_PIECE) {
        writePending();
      }
    }
  }

  private void writeLarge(ByteBuf data, int length) {
    if (chunked) {
      sent += ResponseHead.chunkSize(pendingBuffer(16), length) + 2;
    }
    writePending();
    ctx.write(data, ctx.voidPromise());
    if (chunked) {
      ByteBuf out = pendingBuffer(16);
      ResponseHead.lineEnd(out);
      due = out.writerIndex();
    }
  }

  private void writePending() {
    ByteBuf out = pending;
    if (out != null) {
      pending = null;
      due = 0;
      ctx.write(out, ctx.voidPromise());
    }
  }

  void flush() {
    writePending();
    ctx.flush();
  }

  /** Sends what an answer that is cut off here has had time to be sent of; the rest is dropped. */
  void cutOff() {
    ByteBuf out = pending;
    if (out != null && due > 0) {
      sent -= out.writerIndex() - due;
      out.writerIndex(due);
      writePending();
    }
    dropPending();
    ctx.flush();
  }

  void await(Duration timeout, boolean drained) {
    if (!drained && ctx.channel().isWritable()) {
      return; // whoever goes on waiting for something flushes
    }
    flush();
    if (drained) {
      awaitDrained(timeout);
      return;
    }
    while (!ctx.channel().isWritable()) {
      if (!ctx.channel().isActive()) {
        throw clientClosed();
      }
      awaitProgress(timeout);
    }
  }

  private void awaitDrained(Duration timeout) {
    if (Pending.bytes(ctx.channel()) == 0 && ctx.channel().isActive()) {
      return;
    }
    Promise<Boolean> done = new Promise<>();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(future -> done.complete(future.isSuccess()));
    while (true) {
      long before = Pending.bytes(ctx.channel());
      try {
        if (!done.await(timeout)) {
          throw clientClosed();
        }
        return;
      } catch (TimeoutException e) {
        if (Pending.bytes(ctx.channel()) >= before) {
          throw timedOut(e);
        }
      }
    }
  }

  private void awaitProgress(Duration timeout) {
    Promise<Boolean> promise = new Promise<>();
    writable = promise;
    long before = Pending.bytes(ctx.channel());
    try {
      if (!promise.await(timeout)) {
        throw clientClosed();
      }
    } catch (TimeoutException e) {
      if (Pending.bytes(ctx.channel()) >= before) {
        throw timedOut(e);
      }
    } finally {
      writable = null;
    }
  }

  static TransportException clientClosed() {
    return new TransportException(
        TransportException.Kind.CLOSED, false, "client closed connection", null);
  }

  private TransportException timedOut(TimeoutException e) {
    closing.timedOut(ctx.channel());
    return new TransportException(TransportException.Kind.TIMEOUT, false, "client timed out", e);
  }

  void writable() {
    complete(true);
  }

  void lost() {
    dropPending();
    complete(false);
  }

  private void complete(boolean open) {
    Promise<Boolean> promise = writable;
    writable = null;
    if (promise != null) {
      promise.complete(open);
    }
  }

  void dropPending() {
    ByteBuf out = pending;
    pending = null;
    due = 0;
    if (out != null) {
      sent -= out.readableBytes();
      out.release();
    }
  }

  void trailers(Headers fields) {
    trailers = fields;
  }

  /** Completes the answer, which {@link #flush()} then sends. */
  void end() {
    if (chunked) {
      ByteBuf out = pendingBuffer(8);
      int before = out.writerIndex();
      HeadText text = HeadText.begin().add("0").line();
      if (trailers != null) {
        trailers.forEach(text::field);
      }
      text.line().writeTo(out);
      sent += out.writerIndex() - before;
    }
    writePending();
  }

  /**
   * Whether the answer was as long as its head says, or was none at all: else the client can't find
   * the next one.
   */
  boolean whole() {
    return !headSent || (announced < 0 || announced == bodySent);
  }
}
