package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: one request of an HTTP/1.x connection. */
final class Http1Exchange implements HttpExchange {
  private static final int SMALL_PIECE = 8192;

  private final Http1Connection connection;
  private final RequestHead head;
  private final Http1Body body;
  private final long started = System.nanoTime();
  private final int number;
  private final List<Runnable> onGone = new ArrayList<>(1);
  private boolean reusable;
  private boolean continueOwed;
  private boolean headSent;
  private boolean bodyAllowed;
  private boolean chunked;
  private boolean ended;
  private boolean tookOver;
  private boolean gone;
  private long sent;
  private @Nullable ByteBuf pending;
  private @Nullable Promise<Boolean> writable;

  Http1Exchange(Http1Connection connection, RequestHead head, boolean mayReuse) {
    this.connection = connection;
    this.head = head;
    this.reusable = mayReuse && head.keepAlive;
    this.continueOwed = head.expectContinue;
    this.number = connection.requests();
    BodyDecoder decoder =
        head.chunked ? BodyDecoder.chunked() : BodyDecoder.length(Math.max(0, head.contentLength));
    this.body = new Http1Body(decoder, head.contentLength, this::wantBody);
  }

  private void wantBody() {
    if (continueOwed) {
      continueOwed = false;
      if (!headSent && body.received() == 0) {
        sendInterim(100, new Headers());
      }
    }
    body.absorb(connection.input());
    if (!body.ready()) {
      connection.wantMore();
    }
  }

  /** Takes the body's octets; answers whether more of the body is to come. */
  boolean feedBody(ByteBuf input) {
    return body.feed(input);
  }

  @Override
  public Loop loop() {
    return connection.loop;
  }

  @Override
  public String method() {
    return head.method;
  }

  @Override
  public String target() {
    return head.target;
  }

  @Override
  public int version() {
    return head.version;
  }

  @Override
  public String requestLine() {
    return head.requestLine;
  }

  @Override
  public Headers requestHeaders() {
    return head.headers;
  }

  @Override
  public String rawHead() {
    return head.raw;
  }

  @Override
  public long startedNanos() {
    return started;
  }

  @Override
  public BodySource requestBody() {
    return body;
  }

  Http1Body body() {
    return body;
  }

  @Override
  public InetSocketAddress remote() {
    return inet(connection.context().channel().remoteAddress());
  }

  @Override
  public InetSocketAddress local() {
    return inet(connection.context().channel().localAddress());
  }

  private static InetSocketAddress inet(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unix:", 0);
  }

  @Override
  public @Nullable TlsFacts tls() {
    return null;
  }

  @Override
  public long connectionId() {
    return connection.id;
  }

  @Override
  public int connectionRequests() {
    return number;
  }

  @Override
  public long bytesSent() {
    return sent;
  }

  @Override
  public long bytesReceived() {
    return head.raw.length() + body.received();
  }

  @Override
  public void sendHead(int status, String reason, Headers headers) {
    if (headSent) {
      throw new IllegalStateException("the response head was sent already");
    }
    headSent = true;
    bodyAllowed = !head.method.equals("HEAD") && status != 204 && status != 304 && status >= 200;
    boolean sized = headers.contains("Content-Length");
    chunked = bodyAllowed && !sized && head.version >= 11;
    if (bodyAllowed && !sized && !chunked) {
      reusable = false;
    }
    if (head.version == 9) {
      reusable = false;
      chunked = false;
      return;
    }
    ByteBuf out = connection.context().alloc().buffer(512);
    String field = status == 101 ? "upgrade" : reusable ? "keep-alive" : "close";
    String phrase = reason.isEmpty() ? ReasonPhrases.of(status) : reason;
    ResponseHead.write(out, status, phrase, headers, chunked, field);
    pending = out;
    sent += out.readableBytes();
  }

  @Override
  public void sendInterim(int status, Headers headers) {
    ByteBuf out = connection.context().alloc().buffer(64);
    ResponseHead.write(out, status, ReasonPhrases.of(status), headers, false, null);
    connection.context().writeAndFlush(out, connection.context().voidPromise());
  }

  @Override
  public void write(Chunk chunk) {
    int length = chunk.length();
    if (!headSent || ended || !bodyAllowed || gone || length == 0) {
      chunk.discard();
      return;
    }
    ByteBuf data =
        switch (chunk) {
          case WireChunk wire -> wire.buffer();
          case ByteChunk bytes -> Unpooled.wrappedBuffer(bytes.array());
        };
    ByteBuf out = pending;
    if (out == null && (chunked || length <= SMALL_PIECE)) {
      out = connection.context().alloc().buffer(Math.min(length, SMALL_PIECE) + 16);
      pending = out;
    }
    int before = out == null ? 0 : out.readableBytes();
    if (chunked && out != null) {
      ResponseHead.chunkSize(out, length);
    }
    if (out != null && length <= SMALL_PIECE) {
      out.writeBytes(data);
      data.release();
      if (chunked) {
        out.writeShort(0x0d0a);
      }
      sent += out.readableBytes() - before;
      if (out.readableBytes() > SMALL_PIECE) {
        writePending();
      }
      return;
    }
    sent += (out == null ? 0 : out.readableBytes() - before) + length;
    writePending();
    ChannelHandlerContext ctx = connection.context();
    ctx.write(data, ctx.voidPromise());
    if (chunked) {
      ByteBuf tail = ctx.alloc().buffer(16);
      tail.writeShort(0x0d0a);
      sent += 2;
      pending = tail;
    }
  }

  private void writePending() {
    ByteBuf out = pending;
    if (out != null) {
      pending = null;
      ChannelHandlerContext ctx = connection.context();
      ctx.write(out, ctx.voidPromise());
    }
  }

  @Override
  public void flush() {
    writePending();
    connection.context().flush();
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    flush();
    ChannelHandlerContext ctx = connection.context();
    if (drained) {
      Promise<Boolean> done = new Promise<>();
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(future -> done.complete(future.isSuccess()));
      await(done, timeout);
      return;
    }
    while (!ctx.channel().isWritable()) {
      if (!ctx.channel().isActive()) {
        throw new TransportException(
            TransportException.Kind.CLOSED, false, "client closed connection", null);
      }
      Promise<Boolean> promise = new Promise<>();
      writable = promise;
      await(promise, timeout);
    }
  }

  private static void await(Promise<Boolean> promise, Duration timeout) {
    try {
      if (!promise.await(timeout)) {
        throw new TransportException(
            TransportException.Kind.CLOSED, false, "client closed connection", null);
      }
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, false, "client timed out", e);
    }
  }

  void writable() {
    Promise<Boolean> promise = writable;
    writable = null;
    if (promise != null) {
      promise.complete(true);
    }
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (chunked && headSent) {
      ByteBuf out = pending;
      if (out == null) {
        out = connection.context().alloc().buffer(8);
        pending = out;
      }
      ResponseHead.ascii(out, "0\r\n\r\n");
      sent += 5;
    }
    flush();
  }

  @Override
  public void closeAfterResponse() {
    reusable = false;
  }

  @Override
  public void abort() {
    ended = true;
    reusable = false;
    connection.close();
  }

  @Override
  public boolean clientGone() {
    return gone || connection.inputClosed();
  }

  @Override
  public void onClientGone(Runnable action) {
    if (clientGone()) {
      connection.loop.execute(action);
    } else {
      onGone.add(action);
    }
  }

  void clientClosed() {
    if (!body.decoder().done()) {
      body.peerClosed();
    }
    if (!connection.context().channel().isActive()) {
      gone = true;
      Promise<Boolean> promise = writable;
      writable = null;
      if (promise != null) {
        promise.complete(false);
      }
    }
    List<Runnable> actions = List.copyOf(onGone);
    onGone.clear();
    actions.forEach(Runnable::run);
  }

  @Override
  public RawSocket takeOver() {
    writePending();
    connection.context().flush();
    tookOver = true;
    return connection.takeOver();
  }

  /** The handler is done with this exchange. */
  void finish() {
    if (tookOver) {
      connection.close();
      return;
    }
    boolean answered = ended;
    if (!ended && headSent && !chunked && reusable) {
      reusable = false;
    }
    if (!answered) {
      ByteBuf out = pending;
      pending = null;
      if (out != null) {
        out.release();
      }
      connection.ended(this, false);
      connection.close();
      return;
    }
    connection.ended(this, reusable && !gone);
  }
}
