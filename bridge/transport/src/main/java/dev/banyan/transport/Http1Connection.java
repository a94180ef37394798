package dev.banyan.transport;

import dev.banyan.fiber.Fiber;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its channel's loop: an HTTP/1.x connection from a client, one exchange at a time.
 *
 * <p>Nothing is read from the socket that nobody waits for, beyond {@link #READ_AHEAD} octets of
 * pipelined requests: a client that sends faster than we work is slowed down by TCP. The next
 * request is parsed after the former one's answer is complete.
 *
 * <p>One file, for it is one machine: what any event leads to depends on all of its state.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter
    implements ClientConnection, Outgoing.Owing {
  /** Octets kept of requests that wait behind the running one. */
  static final int READ_AHEAD = 64 << 10;

  final ConnectionFacts facts;
  final ListenerLimits limits;
  private final ExchangeHandler handler;
  private final HeadParser parser;
  private final IdleTimer timer;
  private ChannelHandlerContext context;
  private ByteBuf input = Unpooled.EMPTY_BUFFER;
  private @Nullable Http1Exchange running;
  private @Nullable UnwantedBody discarding;
  private @Nullable RawChannel raw;
  private long unsent = Long.MAX_VALUE;
  private @Nullable Duration idle;
  private int requests;
  private boolean inputClosed;
  private boolean stopping;
  private boolean closing;
  private boolean owing;

  @SuppressWarnings("NullAway.Init") // the context arrives with handlerAdded, before any event
  Http1Connection(ExchangeHandler handler, ListenerLimits limits, ConnectionFacts facts) {
    this.handler = handler;
    this.limits = limits;
    this.facts = facts;
    this.parser = new HeadParser(limits);
    this.timer = new IdleTimer(facts.loop(), this::expired);
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
    timer.arm(limits.headerTimeout());
    context.read();
  }

  ChannelHandlerContext context() {
    return context;
  }

  Channel channel() {
    return context.channel();
  }

  int requests() {
    return requests;
  }

  boolean inputClosed() {
    return inputClosed;
  }

  ByteBuf input() {
    return input;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf data = (ByteBuf) message;
    RawChannel stream = raw;
    if (stream != null) {
      stream.received(data);
    } else {
      input = Buffers.append(ctx.alloc(), input, data);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    RawChannel stream = raw;
    if (stream != null) {
      stream.readComplete();
    } else {
      advance();
    }
  }

  /** Works on what has been received, as far as the state of this connection allows. */
  private void advance() {
    Http1Exchange exchange = running;
    if (exchange != null) {
      feed(exchange);
    } else if (discarding == null ? !closing : discard(discarding)) {
      readHead();
    }
  }

  private void feed(Http1Exchange exchange) {
    boolean bodyOpen = exchange.feedBody(input);
    if (!bodyOpen && raw == null && input.readableBytes() < READ_AHEAD && !inputClosed) {
      context.read(); // to learn of the client's close while the answer is made
    }
  }

  /** Reads what is left of a body that nobody wants; answers whether its end was reached. */
  private boolean discard(UnwantedBody rest) {
    if (rest.reachesEnd(input)) {
      discarding = null;
      timer.arm(idleTimeout());
      return true;
    }
    if (inputClosed || rest.isOver()) {
      closeOrSendFirst();
    } else {
      timer.arm(limits.closing().lingeringTimeout());
      context.read();
    }
    return false;
  }

  /** The last request's location says how long the next one is waited for. */
  void idleFor(Duration timeout) {
    idle = timeout;
  }

  /** How long the next request is waited for: not long where this one was not said to be last. */
  private Duration idleTimeout() {
    Duration usual = idle == null ? limits.keepAliveTimeout() : idle;
    return stopping && usual.compareTo(LEAVING_IDLE) > 0 ? LEAVING_IDLE : usual;
  }

  private void readHead() {
    boolean fresh = parser.idle();
    if (parser.feed(input)) {
      start(parser.take());
    } else if (inputClosed) {
      closeAfterSending(false);
    } else {
      if (fresh && !parser.idle() && (requests > 0 || stopping)) {
        timer.arm(limits.headerTimeout());
      }
      context.read();
    }
  }

  private void start(RequestHead head) {
    timer.disarm();
    unsent = Long.MAX_VALUE;
    requests++;
    boolean reusable =
        requests < limits.keepAliveRequests() && !stopping && !limits.keepAliveTimeout().isZero();
    Http1Exchange exchange = new Http1Exchange(this, head, reusable);
    running = exchange;
    exchange.feedBody(input); // what came with the head is the handler's from its first step
    Fiber.start(facts.loop(), "request", () -> serve(exchange, head.bad));
    if (running == exchange) {
      feed(exchange);
    }
  }

  private void serve(Http1Exchange exchange, @Nullable BadRequest bad) {
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
  }

  /** Its answer is complete and goes out at the end of the loop's turn. */
  void owe() {
    if (!owing) {
      owing = true;
      facts.loop().outgoing().add(this);
    }
  }

  @Override
  public void sendOwed() {
    if (owing) {
      owing = false;
      context.flush();
    }
  }

  /** Whether an answer goes out at the end of the loop's turn. */
  boolean owes() {
    return owing;
  }

  @Override
  public void rowSent() {
    Http1Exchange exchange = running;
    if (exchange != null) {
      exchange.rowSent();
    }
  }

  /** The exchange's answer is complete: goes on with the next request or closes. */
  void ended(Http1Exchange exchange, boolean reusable) {
    BodyDecoder rest = exchange.body().decoder();
    rest.releaseAll();
    if (running != exchange) {
      return;
    }
    running = null;
    if (!channel().isActive()) {
      return;
    }
    if (!reusable) {
      closeAfterSending(!rest.done() || exchange.refused() || exchange.mayBeFollowed());
      return;
    }
    if (rest.done()) {
      timer.arm(idleTimeout());
    } else {
      startDiscarding(rest);
    }
    if (input.isReadable()) {
      facts.loop().execute(this::next);
    } else {
      next();
    }
  }

  /** Goes on to the next request, unless the client has yet to take the answers it asked for. */
  private void next() {
    if (running == null && raw == null && !closing && channel().isWritable()) {
      advance();
    }
  }

  private void expired() {
    long pending = channel().isActive() ? Pending.bytes(channel()) : 0;
    if (pending > 0 && pending < unsent) {
      unsent = pending; // slow, but it takes what is sent
      timer.arm(limits.sendTimeout());
    } else {
      if (pending > 0 || !parser.idle()) {
        limits.closing().timedOut(channel());
      }
      close();
    }
  }

  private void startDiscarding(BodyDecoder rest) {
    discarding = new UnwantedBody(rest, limits.closing().lingeringTime());
    timer.arm(limits.closing().lingeringTimeout());
  }

  /** Closes once all is sent, but not while the client may still send: that would reset it. */
  private void closeAfterSending(boolean moreMayCome) {
    closing = true;
    discarding = null;
    timer.arm(limits.sendTimeout());
    wantMore(); // whether the client sends on decides how to close
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> {
          boolean linger = limits.closing().lingers(moreMayCome || input.isReadable());
          if (linger && !inputClosed && channel().isActive()) {
            linger();
          } else {
            close();
          }
        });
  }

  /** Nothing that comes is wanted any more: closes, once all is sent if it isn't yet. */
  private void closeOrSendFirst() {
    if (closing) {
      close();
    } else {
      closeAfterSending(false);
    }
  }

  private void linger() {
    startDiscarding(BodyDecoder.untilClose());
    OutputEnd.say(context);
    advance();
  }

  /** Asks the socket for more of the running request's body. */
  void wantMore() {
    if (!inputClosed) {
      context.read();
    }
  }

  /** Makes this connection a raw stream; {@code first} holds what was received of it already. */
  RawChannel takeOver(ByteBuf first) {
    RawChannel stream =
        new RawChannel(channel(), Buffers.append(channel().alloc(), first, input), inputClosed);
    input = Unpooled.EMPTY_BUFFER;
    raw = stream;
    return stream;
  }

  /** The handler that took this connection over is done with it. */
  void release(Http1Exchange exchange) {
    if (running == exchange) {
      running = null;
    }
    RawChannel stream = raw;
    if (stream != null) {
      stream.close();
    }
    close();
  }

  @Override
  public WorkerLoop loop() {
    return facts.loop();
  }

  /** Whether the answer that is made now is the last, which its head has to say. */
  boolean stopping() {
    return stopping;
  }

  @Override
  public void leave() {
    stopping = true;
    if (running == null && discarding == null && !closing && parser.idle()) {
      timer.arm(LEAVING_IDLE);
    }
  }

  @Override
  public void stopGracefully() {
    stopping = true;
    Http1Exchange exchange = running;
    if (exchange != null) {
      exchange.closeAfterResponse();
    } else if (!closing) {
      close();
    }
  }

  @Override
  public void close() {
    timer.stop();
    closing = true;
    sendOwed();
    context.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timer.stop();
    inputEnded();
    input.release();
    input = Unpooled.EMPTY_BUFFER;
    Http1Exchange exchange = running;
    if (exchange != null) {
      exchange.body().decoder().detach();
    }
    RawChannel stream = raw;
    if (stream != null) {
      stream.detach();
    }
  }

  private void inputEnded() {
    Http1Exchange exchange = running;
    if (!inputClosed) {
      inputClosed = true;
      RawChannel stream = raw;
      if (stream != null) {
        stream.ended();
      } else if (exchange == null && channel().isActive()) {
        inputEndedBetweenRequests();
      }
      if (exchange != null) {
        exchange.feedBody(input);
        exchange.inputEnded();
      }
    }
    if (exchange != null && !channel().isActive()) {
      exchange.connectionLost();
    }
  }

  /** What came before the end is still served: requests of a client that sends no more. */
  private void inputEndedBetweenRequests() {
    if (discarding != null) {
      advance();
    } else {
      next();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!ctx.channel().isWritable()) {
      return;
    }
    Http1Exchange exchange = running;
    if (exchange != null) {
      exchange.writable();
    } else {
      facts.loop().execute(this::next);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    inputEnded();
    close();
  }
}
