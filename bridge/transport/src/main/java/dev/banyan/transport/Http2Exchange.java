package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its stream's loop: one request of an HTTP/2 connection. */
final class Http2Exchange extends ChannelInboundHandlerAdapter implements HttpExchange {
  private final Http2Connection connection;
  private final Channel stream;
  private final ExchangeHandler handler;
  private final int number;
  private final long started = System.nanoTime();
  private final Http2Sender sender;
  private final List<Runnable> onGone = new ArrayList<>(1);
  private Http2RequestHead head;
  private String answered = "";
  private Http2Body body;
  private boolean began;
  private boolean ended;
  private boolean gone;

  @SuppressWarnings("NullAway.Init") // head and body arrive with the first frame
  Http2Exchange(Http2Connection connection, Channel stream, ExchangeHandler handler, int number) {
    this.connection = connection;
    this.stream = stream;
    this.handler = handler;
    this.number = number;
    this.sender = new Http2Sender(stream);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      ctx.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case Http2HeadersFrame fields when !began -> begin(fields);
      case Http2HeadersFrame trailers when Http2RequestHead.brokenTrailers(trailers.headers()) ->
          connection.fail(Http2Error.PROTOCOL_ERROR);
      case Http2HeadersFrame trailers ->
          body.add(io.netty.buffer.Unpooled.EMPTY_BUFFER, trailers.isEndStream());
      case Http2DataFrame data -> body.add(data.content(), data.isEndStream());
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void begin(Http2HeadersFrame fields) {
    began = true;
    head = new Http2RequestHead(fields.headers(), connection.limits, fields.isEndStream());
    answered = head.method;
    body = new Http2Body(stream, head.length, fields.isEndStream());
    Http2Error fatal = head.fatal();
    if (fatal != null) {
      ended = true;
      connection.fail(fatal);
      return;
    }
    if (head.broken()) {
      ended = true;
      reset(Http2Error.PROTOCOL_ERROR);
      return;
    }
    Fiber.start(loop(), "request", this::serve);
  }

  private void serve() {
    BadRequest bad = head.bad;
    try {
      if (bad != null) {
        handler.malformed(bad, this);
      } else {
        handler.handle(this);
      }
    } finally {
      finish();
    }
  }

  private void finish() {
    if (!ended) {
      reset(Http2Error.INTERNAL_ERROR);
    } else if (!body.complete()) {
      // The rest of the body is not wanted. A reset would overtake what is still to be sent.
      sender.afterEnd(() -> reset(Http2Error.NO_ERROR));
    }
    body.releaseAll();
    body.ended();
  }

  private void reset(Http2Error error) {
    if (stream.isActive()) {
      stream.writeAndFlush(new DefaultHttp2ResetFrame(error));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame) {
      lost();
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lost();
    if (cause instanceof Http2Exception broken) {
      reset(broken.error());
    }
    ctx.close();
  }

  private void lost() {
    if (gone || !began) {
      return;
    }
    gone = true;
    body.ended();
    body.detach();
    sender.wake(false);
    if (!ended) {
      List<Runnable> actions = List.copyOf(onGone);
      onGone.clear();
      actions.forEach(Runnable::run);
    } else {
      body.releaseAll();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      sender.wake(true);
    }
  }

  @Override
  public Loop loop() {
    return connection.loop();
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
  public @Nullable String targetHost() {
    return head.authority;
  }

  @Override
  public int version() {
    return 20;
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
    return head.raw();
  }

  @Override
  public long startedNanos() {
    return started;
  }

  @Override
  public BodySource requestBody() {
    return body;
  }

  @Override
  public ConnectionFacts facts() {
    return connection.facts;
  }

  @Override
  public int connectionRequests() {
    return number;
  }

  @Override
  public long bytesSent() {
    return sender.sent();
  }

  @Override
  public long bodyBytesSent() {
    return sender.sentAfterHead();
  }

  @Override
  public long bytesReceived() {
    return head.requestLine.length() + body.received();
  }

  @Override
  public void answering(String method) {
    answered = method;
  }

  @Override
  public void sendHead(int status, String statusLine, Headers headers) {
    sender.sendHead(answered, status, headers);
  }

  @Override
  public void insistOnBody() {
    // frames end where the status says
  }

  @Override
  public void idleFor(Duration timeout) {
    // a connection of many streams waits as its listener says, in nginx too
  }

  @Override
  public void withoutChunks() {
    // frames need no chunks
  }

  @Override
  public void sendInterim(int status, Headers headers) {
    if (!gone) {
      sender.sendInterim(status, headers);
    }
  }

  @Override
  public void write(Chunk chunk) {
    if (ended || gone) {
      chunk.discard();
    } else {
      sender.write(chunk);
    }
  }

  @Override
  public void flush() {
    if (!gone && !ended) { // its end, or its reset, went out at once
      sender.flush();
    }
  }

  @Override
  public void awaitSent() {
    flush();
    facts().loop().awaitSubmitted();
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    if (gone) {
      throw Http1Sender.clientClosed();
    }
    sender.await(timeout, drained);
  }

  @Override
  public void trailers(Headers trailers) {
    sender.trailers(trailers);
  }

  @Override
  public void end() {
    if (!ended) {
      ended = true;
      if (!gone && sender.begun()) {
        sender.end();
        awaitClient();
      }
    }
  }

  private void awaitClient() {
    if (!sender.isOut()) {
      int id = ((Http2StreamChannel) stream).stream().id();
      connection.unsent().add(id, () -> reset(Http2Error.INTERNAL_ERROR));
      sender.afterEnd(() -> connection.unsent().remove(id));
    }
  }

  @Override
  public void closeAfterResponse() {
    // a stream ends alone; the connection's other streams go on
  }

  @Override
  public void abort() {
    ended = true;
    reset(sender.begun() ? Http2Error.INTERNAL_ERROR : Http2Error.PROTOCOL_ERROR); // as nginx says
  }

  @Override
  public boolean clientGone() {
    return gone;
  }

  @Override
  public void onClientGone(Runnable action) {
    if (gone) {
      loop().execute(action);
    } else {
      onGone.add(action);
    }
  }

  @Override
  public RawSocket takeOver() {
    throw new TransportException(
        TransportException.Kind.PROTOCOL, false, "http v2 not supported yet", null);
  }
}
