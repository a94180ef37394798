package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by its channel's loop: an HTTP/2 connection from a client, with an exchange per stream.
 *
 * <p>The socket is always read; what a stream may send beyond what its handler took is bounded by
 * the windows of HTTP/2.
 */
final class Http2Connection implements ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

  /** http2_body_preread_size: what a stream may send before its handler reads. */
  private static final int STREAM_WINDOW = 65536;

  /** Streams that a client may reset within {@link #RESET_SECONDS}. */
  private static final int MAX_RESETS = 200;

  private static final int RESET_SECONDS = 30;

  final ConnectionFacts facts;
  final ListenerLimits limits;
  private final ExchangeHandler handler;
  private final Http2FrameCodec codec;
  private final Http2MultiplexHandler streams;
  private final IdleTimer timer;
  private final Http2Unsent unsent;
  private final LingeringClose closing;
  private Channel channel;
  private int requests;
  private int open;
  private boolean leaving;

  @SuppressWarnings("NullAway.Init") // the channel arrives with begin, before any stream
  Http2Connection(ExchangeHandler handler, ListenerLimits limits, ConnectionFacts facts) {
    this.handler = handler;
    this.limits = limits;
    this.facts = facts;
    this.timer = new IdleTimer(facts.loop(), this::stopGracefully);
    this.unsent = new Http2Unsent(facts.loop(), limits);
    this.closing = new LingeringClose(facts.loop(), limits);
    this.codec =
        Http2FrameCodecBuilder.forServer()
            .initialSettings(settings(limits))
            .validateHeaders(false) // Http2RequestHead answers what Netty would reset
            .frameLogger(new Http2FrameTap(unsent))
            .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
            .gracefulShutdownTimeoutMillis(limits.sendTimeout().toMillis())
            .build();
    this.streams =
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                accept(stream);
              }
            });
  }

  private static Http2Settings settings(ListenerLimits limits) {
    // Http2RequestHead judges by octets, as nginx does; Netty adds 32 for each field
    long headers = 2L * limits.largeHeaderBuffers() * limits.largeHeaderBytes();
    return Http2Settings.defaultSettings()
        .maxConcurrentStreams(limits.streams())
        .initialWindowSize(STREAM_WINDOW)
        .maxHeaderListSize(headers);
  }

  ChannelHandler[] handlers() {
    return new ChannelHandler[] {closing, codec, streams, new Endings()};
  }

  /** Takes what ends a connection on the client's side. */
  private final class Endings extends ChannelInboundHandlerAdapter {
    /** Who has closed can't grant what an answer needs: its streams end, as in nginx. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        close();
      }
      ctx.fireUserEventTriggered(event);
    }

    /** What a client did wrong, which the codec has answered by then, is no fault of ours. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      LOG.debug("an HTTP/2 connection of {} ends", ctx.channel().remoteAddress(), cause);
    }
  }

  /** The handlers are in place. */
  void begin(Channel owner) {
    channel = owner;
    channel
        .closeFuture()
        .addListener(_ -> {
          timer.stop();
          unsent.stop();
        });
    timer.arm(limits.keepAliveTimeout());
    channel.config().setAutoRead(true);
  }

  private void accept(Channel stream) {
    stream.config().setAutoRead(false);
    stream.pipeline().addLast(new Http2Exchange(this, stream, handler, ++requests));
    open++;
    timer.disarm();
    stream.closeFuture().addListener(_ -> streamClosed());
    if (requests == limits.keepAliveRequests()) {
      stopGracefully();
    }
  }

  private void streamClosed() {
    open--;
    if (open == 0) {
      timer.arm(limits.keepAliveTimeout());
    }
  }

  /** Answers that are complete and wait for the client. */
  Http2Unsent unsent() {
    return unsent;
  }

  @Override
  public WorkerLoop loop() {
    return facts.loop();
  }

  /** Says GOAWAY that excludes no stream, takes those on their way, then stops. */
  @Override
  public void leave() {
    if (leaving) {
      return;
    }
    leaving = true;
    channel.writeAndFlush(
        new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
    facts.loop().schedule(this::stopGracefully, LEAVING_IDLE);
  }

  /** Says GOAWAY and closes once the streams that are open have ended. */
  @Override
  public void stopGracefully() {
    channel.close();
  }

  /** Tells the client why, in a GOAWAY, and closes: no stream goes on. */
  void fail(Http2Error why) {
    channel.writeAndFlush(new DefaultHttp2GoAwayFrame(why)).addListener(_ -> closeStreams());
  }

  @Override
  public void close() {
    closing.hurry();
    closeStreams();
  }

  private void closeStreams() {
    codec.gracefulShutdownTimeoutMillis(0);
    channel.close();
  }
}
