package dev.banyan.it.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its event loop while it runs: requests that begin when their time has come, however slow
 * the answers before them are. A time to an answer counts from when its request should have begun,
 * so that a server that stalls pays for all who would have come meanwhile.
 */
final class OpenLoop {
  private static final long DRAIN_SECONDS = 20;

  private final EventLoop loop;
  private final InetSocketAddress address;
  private final @Nullable SslContext tls;
  private final Mix mix;
  private final Pace pace;
  private final Deque<Channel> idle = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long due;
  private long begun;

  private OpenLoop(
      EventLoop loop, InetSocketAddress address, @Nullable SslContext tls, Mix mix, Pace pace) {
    this.loop = loop;
    this.address = address;
    this.tls = tls;
    this.mix = mix;
    this.pace = pace;
  }

  /**
   * Asks so many times a second for some seconds, over so many connections.
   *
   * @param tls null for plain text
   */
  static Tally.Result run(
      InetSocketAddress address, @Nullable SslContext tls, Mix mix, Shot.Load load, int seconds)
      throws InterruptedException {
    Pace pace = new Pace(load.rate(), seconds);
    try (ClientLoop client = ClientLoop.startFirst()) {
      OpenLoop run = new OpenLoop(client.loop(), address, tls, mix, pace);
      for (int i = 0; i < load.connections(); i++) {
        run.connect().sync();
      }
      run.loop.submit(() -> pace.follow(run.loop, run::send)).sync();
      run.ended.await(Pace.LEAD_SECONDS + seconds + DRAIN_SECONDS, TimeUnit.SECONDS);
      return run.loop.submit(pace::result).sync().getNow();
    }
  }

  /** A new connection, which is free once it is made. */
  private ChannelFuture connect() {
    return new Bootstrap()
        .group(loop)
        .channel(ClientLoop.channel())
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel made) {
                if (tls != null) {
                  made.pipeline().addLast(tls.newHandler(made.alloc()));
                }
                made.pipeline().addLast(new HttpResponseDecoder(), new Answers());
              }
            })
        .connect(address);
  }

  private void send(long now) {
    due = now;
    send();
  }

  /** Sends what is due, the longest overdue first, while connections are free. */
  private void send() {
    while (begun < due && !idle.isEmpty()) {
      Channel channel = idle.remove();
      if (channel.isActive()) {
        channel.pipeline().get(Answers.class).ask(begun++);
      }
    }
  }

  private void settled() {
    if (pace.settled()) {
      ended.countDown();
    }
  }

  /** One connection: an answer frees it, and another one takes its place when it ends. */
  private final class Answers extends SimpleChannelInboundHandler<HttpObject> {
    private static final long NONE = -1;

    private long number = NONE;
    private boolean last;
    private @Nullable Channel channel;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (tls == null) {
        ready(context.channel());
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
        ready(context.channel());
      }
    }

    private void ready(Channel made) {
      channel = made;
      idle.add(made);
      send();
    }

    void ask(long asked) {
      number = asked;
      pace.tally(asked).begun(pace.due(asked));
      if (channel != null) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(mix.request(asked)));
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject piece) {
      if (piece instanceof HttpResponse head && number != NONE) {
        last = !HttpUtil.isKeepAlive(head);
        pace.tally(number).head(head.status().code());
      }
      if (piece instanceof LastHttpContent && number != NONE) {
        pace.tally(number).answered(pace.due(number));
        number = NONE;
        settled();
        if (last) {
          context.close();
        } else {
          idle.add(context.channel());
          send();
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (number != NONE) {
        pace.tally(number).lost();
        number = NONE;
        settled();
      }
      if (ended.getCount() > 0) {
        connect();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // what it was asked counts as lost
    }
  }
}
