package dev.banyan.transport;

import dev.banyan.fiber.Fiber;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its channel's loop: an HTTP/1.x connection from a client, one exchange at a time.
 *
 * <p>Nothing is read from the socket that nobody waits for, beyond {@link #READ_AHEAD} octets of a
 * pipelined request: a client that sends faster than we work is slowed down by TCP.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
  /** Octets kept of requests that wait behind the running one. */
  static final int READ_AHEAD = 64 << 10;

  final ListenerLimits limits;
  final WorkerLoop loop;
  final long id;
  private final ExchangeHandler handler;
  private ByteBuf input = Unpooled.EMPTY_BUFFER;
  private int scanned;
  private @Nullable Http1Exchange running;
  private @Nullable BodyDecoder draining;
  private @Nullable ScheduledFuture<?> timer;
  private int requests;
  private boolean inputClosed;
  private boolean stopping;
  private @Nullable RawChannel raw;
  private ChannelHandlerContext context;

  @SuppressWarnings("NullAway.Init") // the context arrives with handlerAdded, before any event
  Http1Connection(ExchangeHandler handler, ListenerLimits limits, WorkerLoop loop, long id) {
    this.handler = handler;
    this.limits = limits;
    this.loop = loop;
    this.id = id;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.channel().isActive()) {
      begin();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin();
  }

  private void begin() {
    arm(limits.headerTimeout());
    context.read();
  }

  ChannelHandlerContext context() {
    return context;
  }

  int requests() {
    return requests;
  }

  boolean inputClosed() {
    return inputClosed;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf data = (ByteBuf) message;
    RawChannel stream = raw;
    if (stream != null) {
      stream.received(data);
      return;
    }
    if (input.isReadable()) {
      input = merge(ctx, input, data);
    } else {
      input.release();
      input = data;
      scanned = 0;
    }
  }

  private static ByteBuf merge(ChannelHandlerContext ctx, ByteBuf old, ByteBuf data) {
    ByteBuf merged = ctx.alloc().buffer(old.readableBytes() + data.readableBytes());
    merged.writeBytes(old).writeBytes(data);
    old.release();
    data.release();
    return merged;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (raw != null) {
      raw.readComplete();
    } else {
      advance();
    }
  }

  /** Works on what has been received, as far as the state of this connection allows. */
  private void advance() {
    Http1Exchange exchange = running;
    if (exchange != null) {
      feed(exchange);
      return;
    }
    if (draining != null && !drain(draining)) {
      return;
    }
    readHead();
  }

  private void feed(Http1Exchange exchange) {
    boolean bodyOpen = exchange.feedBody(input);
    if (!bodyOpen && input.readableBytes() < READ_AHEAD && !inputClosed) {
      context.read(); // to learn of the client's close while the answer is made
    }
  }

  private boolean drain(BodyDecoder body) {
    String fault = body.decode(input);
    body.releaseAll();
    if (fault != null || inputClosed) {
      close();
      return false;
    }
    if (!body.done()) {
      context.read();
      return false;
    }
    draining = null;
    arm(limits.keepAliveTimeout());
    return true;
  }

  private void readHead() {
    skipBlankLines();
    int end = headEnd();
    if (end < 0) {
      refuseOrWait();
      return;
    }
    String text = input.toString(input.readerIndex(), end, StandardCharsets.ISO_8859_1);
    input.skipBytes(end);
    scanned = 0;
    start(RequestHead.parse(text, limits.headerLineBytes()));
  }

  private void skipBlankLines() {
    while (input.isReadable()) {
      byte b = input.getByte(input.readerIndex());
      if (b != '\r' && b != '\n') {
        return;
      }
      input.skipBytes(1);
      scanned = 0;
    }
  }

  /** Length of the head at the input's start, its empty line included; -1 while incomplete. */
  private int headEnd() {
    int from = input.readerIndex();
    int limit = input.readableBytes();
    for (int i = Math.max(0, scanned - 3); i < limit; i++) {
      if (input.getByte(from + i) != '\n') {
        continue;
      }
      if (i + 1 < limit && input.getByte(from + i + 1) == '\n') {
        return i + 2;
      }
      if (i + 2 < limit
          && input.getByte(from + i + 1) == '\r'
          && input.getByte(from + i + 2) == '\n') {
        return i + 3;
      }
      if (isSimpleRequest(from, i)) {
        return i + 1;
      }
    }
    scanned = limit;
    return -1;
  }

  /** Whether the first line, which ends at {@code lf}, is an HTTP/0.9 request: no fields follow. */
  private boolean isSimpleRequest(int from, int lf) {
    if (input.indexOf(from, from + lf, (byte) '\n') >= 0) {
      return false;
    }
    String line = input.toString(from, lf, StandardCharsets.ISO_8859_1).stripTrailing();
    int space = line.indexOf(' ');
    return space > 0 && line.indexOf(' ', space + 1) < 0;
  }

  private void refuseOrWait() {
    int size = input.readableBytes();
    if (inputClosed) {
      close();
      return;
    }
    int firstLine = input.indexOf(input.readerIndex(), input.writerIndex(), (byte) '\n');
    if (firstLine < 0 && size > limits.headerLineBytes()) {
      refuse(new BadRequest(414, "client sent too long URI"));
    } else if (size > limits.headerBytes()) {
      refuse(new BadRequest(494, "client sent too large request"));
    } else {
      context.read();
    }
  }

  private void refuse(BadRequest why) {
    String text = input.toString(StandardCharsets.ISO_8859_1);
    input.skipBytes(input.readableBytes());
    start(RequestHead.refused(text, why));
  }

  private void start(RequestHead head) {
    disarm();
    requests++;
    boolean reusable =
        requests < limits.keepAliveRequests() && !stopping && !limits.keepAliveTimeout().isZero();
    Http1Exchange exchange = new Http1Exchange(this, head, reusable);
    running = exchange;
    BadRequest bad = head.bad;
    Fiber.start(
        loop,
        "request",
        () -> {
          try {
            if (bad != null) {
              exchange.closeAfterResponse();
              handler.malformed(bad, exchange);
            } else {
              handler.handle(exchange);
            }
          } finally {
            exchange.finish();
          }
        });
    if (running == exchange) {
      feed(exchange);
    }
  }

  /** The exchange's answer is complete: goes on with the next request or closes. */
  void ended(Http1Exchange exchange, boolean reusable) {
    if (running != exchange) {
      return;
    }
    running = null;
    if (!context.channel().isActive()) {
      return;
    }
    BodyDecoder rest = exchange.body().decoder();
    rest.releaseAll();
    if (!reusable) {
      closeLingering(rest);
      return;
    }
    if (!rest.done()) {
      draining = rest;
      arm(limits.lingering());
    } else {
      arm(limits.keepAliveTimeout());
    }
    loop.execute(() -> {
      if (running == null && raw == null) {
        advance();
      }
    });
  }

  private void closeLingering(BodyDecoder rest) {
    if (rest.done() && !input.isReadable()) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> close());
      return;
    }
    // unread octets in the socket would turn our close into a reset that eats the answer
    draining = BodyDecoder.untilClose();
    arm(limits.lingering());
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> {
          if (context.channel() instanceof io.netty.channel.socket.DuplexChannel duplex) {
            duplex.shutdownOutput();
          }
          advance();
        });
  }

  /** Asks the socket for more of the running request's body. */
  void wantMore() {
    if (!inputClosed) {
      context.read();
    }
  }

  ByteBuf input() {
    return input;
  }

  RawChannel takeOver() {
    RawChannel stream = new RawChannel(context.channel(), loop, input, inputClosed);
    input = Unpooled.EMPTY_BUFFER;
    raw = stream;
    return stream;
  }

  /** Closes an idle connection now and a busy one after its response. */
  void stopGracefully() {
    stopping = true;
    Http1Exchange exchange = running;
    if (exchange == null) {
      close();
    } else {
      exchange.closeAfterResponse();
    }
  }

  void close() {
    disarm();
    context.close();
  }

  private void arm(Duration timeout) {
    disarm();
    timer =
        context
            .executor()
            .schedule(
                () -> {
                  if (running == null) {
                    close();
                  }
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    ScheduledFuture<?> current = timer;
    if (current != null) {
      current.cancel(false);
      timer = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    disarm();
    inputEnded();
    input.release();
    input = Unpooled.EMPTY_BUFFER;
  }

  private void inputEnded() {
    if (inputClosed) {
      return;
    }
    inputClosed = true;
    RawChannel stream = raw;
    if (stream != null) {
      stream.ended();
    }
    Http1Exchange exchange = running;
    if (exchange != null) {
      exchange.feedBody(input);
      exchange.clientClosed();
    } else if (raw == null) {
      close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Http1Exchange exchange = running;
    if (exchange != null && ctx.channel().isWritable()) {
      exchange.writable();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    inputEnded();
    close();
  }
}
