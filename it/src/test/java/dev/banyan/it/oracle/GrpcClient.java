package dev.banyan.it.oracle;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of gRPC, which tells what came: head, data and what was behind it. */
final class GrpcClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /**
   * Sends a request on a connection of its own.
   *
   * @param fields further fields, as {@code name=value}
   * @param parts of the body; the next one is sent when something of the answer's body came
   */
  String ask(int port, String path, List<String> fields, List<String> parts) {
    Call call = new Call(path, fields, new ArrayList<>(parts));
    Channel channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient().validateHeaders(false).build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                })
            .connect(InetAddress.getLoopbackAddress(), port)
            .syncUninterruptibly()
            .channel();
    Channel stream =
        new Http2StreamChannelBootstrap(channel)
            .handler(call)
            .open()
            .syncUninterruptibly()
            .getNow();
    stream.eventLoop().execute(() -> call.begin(stream.pipeline().lastContext()));
    try {
      return call.told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return "no end of " + call.said + call.data.length() + " octets";
    } finally {
      channel.close();
    }
  }

  /** One request and what comes of it. */
  private static final class Call extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<String> told = new CompletableFuture<>();
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder data = new StringBuilder();
    private final String path;
    private final List<String> fields;
    private final List<String> parts;

    Call(String path, List<String> fields, List<String> parts) {
      this.path = path;
      this.fields = fields;
      this.parts = parts;
    }

    void begin(ChannelHandlerContext ctx) {
      Http2Headers head = new DefaultHttp2Headers(false);
      head.method("POST").scheme("http").path(path).authority("localhost");
      for (String field : fields) {
        int end = field.indexOf('=');
        head.add(field.substring(0, end), field.substring(end + 1));
      }
      ctx.writeAndFlush(new DefaultHttp2HeadersFrame(head, parts.isEmpty()));
      next(ctx);
    }

    private void next(ChannelHandlerContext ctx) {
      if (!parts.isEmpty()) {
        String part = parts.removeFirst();
        ctx.writeAndFlush(
            new DefaultHttp2DataFrame(
                Unpooled.copiedBuffer(part, StandardCharsets.ISO_8859_1), parts.isEmpty()));
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      switch (message) {
        case Http2HeadersFrame head -> {
          endData();
          head.headers().remove("date");
          head.headers()
              .forEach(field -> said.append(field.getKey() + ": " + field.getValue() + "\n"));
          said.append('\n');
          finish(head.isEndStream());
        }
        case Http2DataFrame piece -> {
          data.append(piece.content().toString(StandardCharsets.ISO_8859_1));
          if (piece.content().isReadable()) {
            next(ctx);
          }
          boolean last = piece.isEndStream();
          piece.release();
          if (last) {
            endData();
          }
          finish(last);
        }
        default -> ReferenceCountUtil.release(message);
      }
    }

    /** A stream's reset comes as an event. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof Http2ResetFrame reset) {
        endData();
        said.append("reset ").append(reset.errorCode());
        finish(true);
      }
      ReferenceCountUtil.release(event);
    }

    private void endData() {
      said.append(data).append(data.isEmpty() ? "" : "\n");
      data.setLength(0);
    }

    private void finish(boolean last) {
      if (last) {
        told.complete(said.toString());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      endData();
      told.complete(said + "closed");
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
