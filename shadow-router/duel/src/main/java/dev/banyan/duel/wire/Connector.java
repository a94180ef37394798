package dev.banyan.duel.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Confined to the client's event loop: makes connections to one target. */
final class Connector {
  /** Connections that are being made at a time: a server's backlog may be short. */
  static final int MAX_CONNECTING = 64;

  private final Target target;
  private final EventLoop loop;
  private final ClientOptions options;
  private final Runnable onSurplus;
  private final @Nullable SslContext tls;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private int connecting;

  Connector(Target target, EventLoop loop, ClientOptions options, Runnable onSurplus) {
    this.target = target;
    this.loop = loop;
    this.options = options;
    this.onSurplus = onSurplus;
    this.tls = target.scheme().isSecure() ? tls(target.scheme().isHttp2()) : null;
  }

  /** Test servers show whatever certificate they have: none is looked at. */
  private static SslContext tls(boolean http2) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE);
      return builder
          .endpointIdentificationAlgorithm(null)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  http2 ? "h2" : "http/1.1"))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("no TLS on this JVM", e);
    }
  }

  /**
   * A new connection; fails with what went wrong.
   *
   * @param sni the name that TLS announces
   */
  CompletableFuture<Link> connect(String sni) {
    CompletableFuture<Link> made = new CompletableFuture<>();
    made.whenComplete((_, _) -> {
      connecting--;
      Runnable next = queue.poll();
      if (next != null) {
        next.run();
      }
    });
    if (connecting < MAX_CONNECTING) {
      connect(sni, made);
    } else {
      queue.add(() -> connect(sni, made));
    }
    return made;
  }

  private void connect(String sni, CompletableFuture<Link> made) {
    connecting++;
    ChannelFuture attempt =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.timeout().toMillis())
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    set(channel, sni, made);
                  }
                })
            .connect(target.address());
    attempt.addListener(_ -> {
      if (!attempt.isSuccess()) {
        made.completeExceptionally(attempt.cause());
      }
    });
  }

  private void set(SocketChannel channel, String sni, CompletableFuture<Link> made) {
    SslContext secure = tls;
    if (secure != null) {
      channel.pipeline().addLast(secure(secure, channel, sni));
    }
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext context) {
                SslHandler handler = context.pipeline().get(SslHandler.class);
                if (handler == null) {
                  link(context, made);
                  return;
                }
                handler
                    .handshakeFuture()
                    .addListener(done -> {
                      if (done.isSuccess()) {
                        protocol(handler, context, made);
                      } else {
                        made.completeExceptionally(done.cause());
                        context.close();
                      }
                    });
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                made.completeExceptionally(cause);
                context.close();
              }
            });
  }

  private SslHandler secure(SslContext secure, SocketChannel channel, String sni) {
    String name = sni.isEmpty() ? target.host() : sni;
    SslHandler handler = secure.newHandler(channel.alloc(), name, target.port());
    handler.setHandshakeTimeoutMillis(options.timeout().toMillis());
    return handler;
  }

  private void protocol(
      SslHandler handler, ChannelHandlerContext context, CompletableFuture<Link> made) {
    if (target.scheme().isHttp2() && !"h2".equals(handler.applicationProtocol())) {
      made.completeExceptionally(new SSLException("the server did not choose h2 by ALPN"));
      context.close();
    } else {
      link(context, made);
    }
  }

  /** Puts the protocol in place of the handler that waited for the connection. */
  private void link(ChannelHandlerContext context, CompletableFuture<Link> made) {
    Channel channel = context.channel();
    if (target.scheme().isHttp2()) {
      channel
          .pipeline()
          .addLast(
              Http2FrameCodecBuilder.forClient()
                  .validateHeaders(false)
                  .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                  .build(),
              new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
              new Ended());
      context.pipeline().remove(context.handler());
      made.complete(new Http2Link(channel, target.scheme().isSecure(), options.timeout()));
    } else {
      Http1Link link = new Http1Link(options.timeout(), onSurplus);
      channel.pipeline().addLast(link);
      context.pipeline().remove(context.handler());
      made.complete(link);
    }
  }

  /** What ends a connection of HTTP/2 ends its streams, which say so: there is no more to tell. */
  private static final class Ended extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
