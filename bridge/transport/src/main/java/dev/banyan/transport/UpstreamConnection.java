package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Owned by its channel's loop: one HTTP/1.x connection to an origin. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter
    implements Upstream.Connection, Outgoing.Owing {
  /** The largest head of an answer. */
  static final int MAX_HEAD = 64 << 10;

  private final Http1Upstream owner;
  private final Upstream.Peer peer;
  private final IdleTimer patience;
  private final IdleTimer rest;
  private Channel channel;
  private ByteBuf input = Unpooled.EMPTY_BUFFER;
  private boolean reused;
  private boolean idle;
  private boolean inputEnded;
  private boolean bodySent;
  private boolean owing;
  private int carried;
  private final long opened = System.nanoTime();
  private long received;
  private long sent;
  private @Nullable Promise<Boolean> waiting;
  private @Nullable Promise<Boolean> writable;
  private @Nullable Http1Body body;
  private @Nullable RawChannel raw;

  @SuppressWarnings("NullAway.Init") // the channel arrives with handlerAdded, before any event
  UpstreamConnection(Http1Upstream owner, Upstream.Peer peer) {
    this.owner = owner;
    this.peer = peer;
    this.patience = new IdleTimer(owner.loop(), () -> settle(false));
    this.rest = new IdleTimer(owner.loop(), this::close);
  }

  Upstream.Peer peer() {
    return peer;
  }

  void begin(boolean fromPool) {
    reused = fromPool;
    carried++;
    idle = false;
    rest.disarm();
    received = 0;
    sent = 0;
    bodySent = false;
    body = null;
  }

  void idle() {
    idle = true;
    rest.arm(peer.keepTime());
    channel.read(); // to learn of the origin's close
  }

  /** Whether it has carried what one may, or is as old as one may be. */
  boolean spent() {
    return carried >= peer.keepRequests() || System.nanoTime() - opened > peer.keepLife().toNanos();
  }

  boolean alive() {
    return channel.isActive() && !inputEnded && !input.isReadable();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf data = (ByteBuf) message;
    received += data.readableBytes();
    RawChannel stream = raw;
    if (stream != null) {
      stream.received(data);
    } else {
      input = Buffers.append(ctx.alloc(), input, data);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (idle) {
      owner.lost(this); // an origin that talks unasked is not to be trusted with a request
      close();
      return;
    }
    RawChannel stream = raw;
    if (stream != null) {
      stream.readComplete();
      return;
    }
    Http1Body current = body;
    if (current != null) {
      current.feed(input);
    } else {
      wake();
    }
  }

  private void wake() {
    settle(true);
  }

  private void settle(boolean came) {
    Promise<Boolean> promise = waiting;
    waiting = null;
    if (promise != null) {
      promise.complete(came);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    patience.stop();
    rest.stop();
    ended();
    input.release();
    input = Unpooled.EMPTY_BUFFER;
    Http1Body current = body;
    if (current != null) {
      current.decoder().detach();
    }
    RawChannel stream = raw;
    if (stream != null) {
      stream.detach();
    }
    Promise<Boolean> promise = writable;
    writable = null;
    if (promise != null) {
      promise.complete(false);
    }
  }

  private void ended() {
    if (inputEnded) {
      return;
    }
    inputEnded = true;
    if (idle) {
      owner.lost(this);
      close();
      return;
    }
    RawChannel stream = raw;
    if (stream != null) {
      stream.ended();
    }
    Http1Body current = body;
    if (current != null) {
      current.feed(input);
      current.peerClosed();
    }
    wake();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Promise<Boolean> promise = writable;
    if (promise != null && channel.isWritable()) {
      writable = null;
      promise.complete(true);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ended();
    ctx.close();
  }

  @Override
  public boolean reused() {
    return reused;
  }

  @Override
  public void option(RawSocket.Option option, int value) {
    SocketOptions.set(channel.config(), option, value);
  }

  @Override
  public void sendHead(String method, String target, String version, Headers headers) {
    HeadText head = HeadText.begin();
    head.foreign(method).add(' ').foreign(target).add(" HTTP/").add(version).line();
    for (int i = 0; i < headers.size(); i++) {
      head.field(headers.name(i), headers.value(i));
    }
    ByteBuf out = head.line().toBuffer(channel.alloc(), 0);
    sent += out.readableBytes();
    channel.write(out, channel.voidPromise());
  }

  @Override
  public void writeBody(Chunk chunk, boolean chunked) {
    int length = chunk.length();
    if (length == 0 || !channel.isActive()) {
      chunk.discard();
      return;
    }
    sent += length;
    if (chunked) {
      ByteBuf size = channel.alloc().buffer(16);
      ResponseHead.chunkSize(size, length);
      channel.write(size, channel.voidPromise());
    }
    ByteBuf data = WireChunk.buffer(chunk);
    channel.write(data, channel.voidPromise());
    if (chunked) {
      channel.write(Unpooled.wrappedBuffer(new byte[] {'\r', '\n'}), channel.voidPromise());
    }
  }

  @Override
  public void endBody(boolean chunked) {
    bodySent = true;
    if (chunked) {
      channel.write(
          Unpooled.wrappedBuffer(new byte[] {'0', '\r', '\n', '\r', '\n'}), channel.voidPromise());
    }
    owe();
  }

  @Override
  public void withholdBody() {
    owe();
  }

  /** What was written goes out at the end of the loop's turn. */
  private void owe() {
    if (!owing) {
      owing = true;
      owner.loop().outgoing().add(this);
    }
  }

  @Override
  public void sendOwed() {
    if (owing) {
      owing = false;
      channel.flush();
    }
  }

  @Override
  public void awaitWritable(Duration timeout) {
    channel.flush();
    while (!channel.isWritable()) {
      if (!channel.isActive()) {
        throw closed();
      }
      Promise<Boolean> promise = new Promise<>();
      writable = promise;
      try {
        if (!promise.await(timeout)) {
          throw closed();
        }
      } catch (TimeoutException e) {
        throw new TransportException(TransportException.Kind.TIMEOUT, false, "timed out", e);
      }
    }
  }

  private TransportException closed() {
    return new TransportException(
        TransportException.Kind.CLOSED,
        reused && received == 0,
        "upstream prematurely closed connection",
        null);
  }

  @Override
  public Upstream.Response awaitResponse(Duration timeout, boolean headRequest) {
    owe();
    while (true) {
      AnswerHead head = awaitHead(timeout);
      if (head.status() >= 200 || head.status() == 101) {
        return respond(head, headRequest);
      }
    }
  }

  private AnswerHead awaitHead(Duration timeout) {
    while (true) {
      int end = AnswerHead.end(input);
      if (end > 0) {
        String raw = input.toString(input.readerIndex(), end, StandardCharsets.ISO_8859_1);
        input.skipBytes(end);
        return AnswerHead.parse(raw);
      }
      if (input.readableBytes() > MAX_HEAD) {
        throw new TransportException(
            TransportException.Kind.LIMIT, false, "upstream sent too big header", null);
      }
      if (inputEnded) {
        throw closed();
      }
      Promise<Boolean> promise = new Promise<>();
      waiting = promise;
      channel.read();
      patience.arm(timeout);
      try {
        if (!promise.await()) {
          throw new TransportException(TransportException.Kind.TIMEOUT, false, "timed out", null);
        }
      } finally {
        waiting = null;
        patience.disarm();
      }
    }
  }

  private Upstream.Response respond(AnswerHead head, boolean headRequest) {
    if (head.status() == 101) {
      RawChannel stream = new RawChannel(channel, input, inputEnded);
      input = Unpooled.EMPTY_BUFFER;
      raw = stream;
      return new UpstreamResponse(this, head, noBody(), stream);
    }
    long length = head.bodyLength(headRequest);
    Http1Body answer = new Http1Body(head.decoder(length), length, channel::read);
    body = answer;
    answer.feed(input);
    if (inputEnded) {
      answer.peerClosed();
    }
    return new UpstreamResponse(this, head, answer, null);
  }

  private Http1Body noBody() {
    return new Http1Body(BodyDecoder.length(0), 0, () -> {});
  }

  /** Gives the connection back, or closes it when it can't carry another request. */
  void release(AnswerHead head, Http1Body answer) {
    boolean whole = answer.decoder().done() && answer.decoder().isEmpty();
    answer.decoder().releaseAll();
    if (whole && bodySent && head.keepAlive() && alive()) {
      body = null;
      owner.giveBack(this);
    } else {
      close();
    }
  }

  @Override
  public void close() {
    Http1Body current = body;
    if (current != null) {
      current.decoder().releaseAll();
    }
    sendOwed();
    channel.close();
  }

  @Override
  public long bytesReceived() {
    return received;
  }

  @Override
  public long bytesSent() {
    return sent;
  }
}
