package dev.banyan.it.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its event loop while it runs: requests over HTTP/2, so many at a time on each
 * connection. Without a rate the next one begins when one is answered; with a rate as {@link
 * OpenLoop} does it.
 */
final class Http2Load {
  private static final long DRAIN_SECONDS = 20;
  private static final int WINDOW = 1 << 20;

  private final EventLoop loop;
  private final InetSocketAddress address;
  private final SslContext tls;
  private final Mix mix;
  private final int streams;
  private final @Nullable Pace pace;
  private final int seconds;
  private final Tally unpaced = new Tally();
  private final Deque<Line> free = new ArrayDeque<>();
  private final Deque<Long> again = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean begins;
  private boolean over;
  private long due;
  private long begun;

  private Http2Load(
      EventLoop loop,
      InetSocketAddress address,
      SslContext tls,
      Mix mix,
      Shot.Load load,
      int seconds) {
    this.loop = loop;
    this.address = address;
    this.tls = tls;
    this.mix = mix;
    this.streams = load.streams();
    this.pace = load.rate() > 0 ? new Pace(load.rate(), seconds) : null;
    this.seconds = seconds;
  }

  /** Asks for some seconds, over so many connections of so many streams. */
  static Tally.Result run(
      InetSocketAddress address, SslContext tls, Mix mix, Shot.Load load, int seconds)
      throws InterruptedException {
    try (ClientLoop client = load.rate() > 0 ? ClientLoop.startFirst() : ClientLoop.start()) {
      Http2Load run = new Http2Load(client.loop(), address, tls, mix, load, seconds);
      List<Future<Channel>> made = new ArrayList<>();
      for (int i = 0; i < load.connections(); i++) {
        made.add(run.connect());
      }
      for (Future<Channel> one : made) {
        one.await();
      }
      run.loop.submit(run::begin).sync();
      run.ended.await(Pace.LEAD_SECONDS + seconds + DRAIN_SECONDS, TimeUnit.SECONDS);
      return run.loop.submit(run::result).sync().getNow();
    }
  }

  private Tally.Result result() {
    over = true;
    return pace == null ? unpaced.ofAll() : pace.result();
  }

  private Tally tally(long number) {
    return pace == null ? unpaced : pace.tally(number);
  }

  /** A new connection; the future completes once TLS is agreed on, or failed. */
  private Future<Channel> connect() {
    SslHandler handshake = tls.newHandler(io.netty.buffer.ByteBufAllocator.DEFAULT);
    new Bootstrap()
        .group(loop)
        .channel(ClientLoop.channel())
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel made) {
                made.pipeline()
                    .addLast(
                        handshake,
                        Http2FrameCodecBuilder.forClient()
                            .initialSettings(
                                Http2Settings.defaultSettings()
                                    .pushEnabled(false)
                                    .initialWindowSize(WINDOW))
                            .build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                        new Leaving(new Line(made)));
              }
            })
        .connect(address);
    return handshake.handshakeFuture();
  }

  private void begin() {
    begins = true;
    if (pace == null) {
      loop.schedule(this::stop, seconds, TimeUnit.SECONDS);
      send();
    } else {
      pace.follow(loop, this::send);
    }
  }

  private void stop() {
    over = true;
    ended.countDown();
  }

  private void send(long now) {
    due = now;
    send();
  }

  private void send() {
    while (begins && !over && !free.isEmpty()) {
      boolean repeats = !again.isEmpty();
      if (!repeats && pace != null && begun >= due) {
        return;
      }
      Line line = free.remove();
      if (line.isOpen()) {
        line.ask(repeats ? again.remove() : begun++);
      }
    }
  }

  private void settled() {
    if (pace != null && pace.settled()) {
      stop();
    }
  }

  /** One connection. */
  private final class Line {
    private final Channel channel;
    private boolean leaving;
    private int last = Integer.MAX_VALUE;

    Line(Channel channel) {
      this.channel = channel;
    }

    boolean isOpen() {
      return !leaving && channel.isActive();
    }

    /** Another one takes its place; what it was asked it still answers. */
    void leave() {
      if (!leaving) {
        leaving = true;
        if (!over) {
          connect();
        }
      }
    }

    void ask(long number) {
      long wanted = pace == null ? System.nanoTime() : pace.due(number);
      Answer answer = new Answer(this, number, wanted);
      new Http2StreamChannelBootstrap(channel)
          .handler(answer)
          .open()
          .addListener((Future<Http2StreamChannel> opened) -> {
            if (opened.isSuccess()) {
              tally(number).begun(wanted);
              opened.getNow().writeAndFlush(new DefaultHttp2HeadersFrame(mix.head(number), true));
            } else {
              again.add(number); // the server lets no more in here, and has seen nothing of it
              leave();
            }
          });
    }
  }

  /** Sees a connection come and go. */
  private final class Leaving extends ChannelInboundHandlerAdapter {
    private final Line line;

    Leaving(Line line) {
      this.line = line;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof io.netty.handler.ssl.SslHandshakeCompletionEvent done
          && done.isSuccess()) {
        for (int i = 0; i < streams; i++) {
          free.add(line);
        }
        send();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2GoAwayFrame end) {
        line.last = end.lastStreamId();
        line.leave();
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      line.leave();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // what it was asked counts as lost
    }
  }

  /** One stream. */
  private final class Answer extends ChannelInboundHandlerAdapter {
    private final Line line;
    private final long number;
    private final long wanted;
    private boolean whole;

    Answer(Line line, long number, long wanted) {
      this.line = line;
      this.number = number;
      this.wanted = wanted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame head) {
        CharSequence status = head.headers().status();
        if (status != null) {
          tally(number).head(code(status));
        }
        end(head.isEndStream());
      } else if (message instanceof Http2DataFrame data) {
        end(data.isEndStream());
      }
      ReferenceCountUtil.release(message);
    }

    private static int code(CharSequence status) {
      return Integer.parseInt(status, 0, status.length(), 10);
    }

    private void end(boolean last) {
      if (!last || over) {
        return;
      }
      whole = true;
      tally(number).answered(wanted);
      settled();
      free.add(line);
      send();
    }

    /** Also after a reset. A server that takes leave says only then which streams it has seen. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!whole && context.channel() instanceof Http2StreamChannel stream) {
        int id = stream.stream().id();
        context.executor().execute(() -> unanswered(id));
      }
    }

    private void unanswered(int id) {
      if (over) {
        return;
      }
      if (id > line.last) {
        again.add(number);
      } else {
        tally(number).lost();
        settled();
        free.add(line);
      }
      send();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
