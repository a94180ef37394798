package dev.banyan.it.load;

import dev.banyan.transport.IoMethod;
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
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
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
   * Arguments: where to listen, and the origin's port, both on this machine; how to wait for
   * connections, as {@link IoMethod} names it; for TLS, the files of a certificate and its key.
   */
  public static void main(String[] args) throws InterruptedException, SSLException {
    SslContext tls =
        args.length > 3
            ? SslContextBuilder.forServer(new File(args[3]), new File(args[4])).build()
            : null;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress origin = new InetSocketAddress(loopback, Integer.parseInt(args[1]));
    Transport transport = Transport.named(args[2]);
    EventLoopGroup workers = new MultiThreadIoEventLoopGroup(WORKERS, transport.handlers());
    Channel server =
        new ServerBootstrap()
            .group(workers)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Client(origin, transport.socket(), tls))
            .bind(new InetSocketAddress(loopback, Integer.parseInt(args[0])))
            .sync()
            .channel();
    server.closeFuture().sync();
  }

  /** What waits for connections, and their kinds. */
  private record Transport(
      IoHandlerFactory handlers,
      Class<? extends ServerChannel> server,
      Class<? extends Channel> socket) {
    static Transport named(String method) {
      return switch (method) {
        case "io_uring" ->
            new Transport(
                IoUringIoHandler.newFactory(),
                IoUringServerSocketChannel.class,
                IoUringSocketChannel.class);
        case "epoll" ->
            new Transport(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class);
        default ->
            new Transport(
                NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
      };
    }
  }

  /** Connects each client's connection to the origin. */
  private static final class Client extends ChannelInitializer<Channel> {
    private final InetSocketAddress origin;
    private final Class<? extends Channel> socket;
    private final @Nullable SslContext tls;

    Client(InetSocketAddress origin, Class<? extends Channel> socket, @Nullable SslContext tls) {
      this.tls = tls;
      this.origin = origin;
      this.socket = socket;
    }

    @Override
    protected void initChannel(Channel client) {
      ChannelFuture connected =
          new Bootstrap()
              .group(client.eventLoop())
              .channel(socket)
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
