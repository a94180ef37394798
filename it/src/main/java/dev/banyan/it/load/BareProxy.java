package dev.banyan.it.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The least that a proxy on Netty can be, for comparison: each client's connection has one to the
 * origin, and messages pass through HTTP's codec unchanged. It is no proxy for anybody's use.
 */
final class BareProxy {
  private static final int WORKERS = 2;
  private static final int BACKLOG = 4096;

  private BareProxy() {}

  /**
   * Arguments: where to listen, and the origin's port, both on this machine; for TLS, the files of
   * a certificate and its key.
   */
  public static void main(String[] args) throws InterruptedException, SSLException {
    SslContext tls =
        args.length > 2
            ? SslContextBuilder.forServer(new File(args[2]), new File(args[3])).build()
            : null;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress origin = new InetSocketAddress(loopback, Integer.parseInt(args[1]));
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup workers =
        new MultiThreadIoEventLoopGroup(
            WORKERS, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Channel server =
        new ServerBootstrap()
            .group(workers)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Client(origin, epoll, tls))
            .bind(new InetSocketAddress(loopback, Integer.parseInt(args[0])))
            .sync()
            .channel();
    server.closeFuture().sync();
  }

  /** Connects each client's connection to the origin. */
  private static final class Client extends ChannelInitializer<Channel> {
    private final InetSocketAddress origin;
    private final boolean epoll;
    private final @Nullable SslContext tls;

    Client(InetSocketAddress origin, boolean epoll, @Nullable SslContext tls) {
      this.tls = tls;
      this.origin = origin;
      this.epoll = epoll;
    }

    @Override
    protected void initChannel(Channel client) {
      ChannelFuture connected =
          new Bootstrap()
              .group(client.eventLoop())
              .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel upstream) {
                      upstream.pipeline().addLast(new HttpClientCodec(), new Passing(client));
                    }
                  })
              .connect(origin);
      if (tls != null) {
        client.pipeline().addLast(tls.newHandler(client.alloc()));
      }
      client.pipeline().addLast(new HttpServerCodec(), new Passing(connected.channel()));
      connected.addListener(
          (ChannelFutureListener)
              done -> {
                if (done.isSuccess()) {
                  client.config().setAutoRead(true);
                } else {
                  client.close();
                }
              });
    }
  }

  /** Owned by one connection: passes what it reads to the other one. */
  private static final class Passing extends ChannelInboundHandlerAdapter {
    private final Channel other;

    Passing(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      other.write(message, other.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      other.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      other.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
