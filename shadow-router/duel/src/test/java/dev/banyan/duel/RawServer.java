package dev.banyan.duel;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that sends what it is told to, octet for octet, for each request without a body. */
public final class RawServer implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger connections = new AtomicInteger();
  private final Channel channel;

  /**
   * What to send.
   *
   * @param close whether the connection ends afterwards
   */
  public record Reply(String octets, boolean close) {
    /** A whole answer. */
    public static Reply of(String body) {
      return new Reply(
          "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body, false);
    }
  }

  /** Starts one that answers each request's head so. */
  public RawServer(Function<String, Reply> replies) {
    channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connections.incrementAndGet();
                    connection.pipeline().addLast(new Heads(replies));
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** How many connections it has taken. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    channel.close();
    loops.shutdownGracefully();
  }

  private static final class Heads extends ChannelInboundHandlerAdapter {
    private final Function<String, Reply> replies;
    private final StringBuilder waiting = new StringBuilder();

    Heads(Function<String, Reply> replies) {
      this.replies = replies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf in = (ByteBuf) message;
      waiting.append(in.toString(StandardCharsets.ISO_8859_1));
      in.release();
      for (int end = waiting.indexOf("\r\n\r\n"); end >= 0; end = waiting.indexOf("\r\n\r\n")) {
        Reply reply = replies.apply(waiting.substring(0, end));
        waiting.delete(0, end + 4);
        var sent =
            context.writeAndFlush(
                Unpooled.copiedBuffer(reply.octets(), StandardCharsets.ISO_8859_1));
        if (reply.close()) {
          sent.addListener(ChannelFutureListener.CLOSE);
          return;
        }
      }
    }
  }
}
