package dev.banyan.it.oracle;

import dev.banyan.it.process.Certificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP/2, Netty's, that tells what it was told, or does the steps of the request's
 * field {@code x-steps}, once the request is whole or, with {@code x-early}, at its head: {@code
 * hFIELDS} a head, {@code HFIELDS} one that is all, {@code dTEXT} data, {@code DTEXT} the last,
 * {@code nN} so many octets of data, {@code tFIELDS} fields behind it, {@code rN} a reset, {@code
 * gLAST} that it leaves, {@code p} a ping, {@code xHEX} octets as they are, {@code wN} milliseconds
 * of waiting, {@code c} the end of the connection. Steps are parted by {@code |}, fields by {@code
 * ;}. With {@code x-echo} it sends each part of a body back as it comes; with {@code x-stall} it
 * widens no window.
 */
final class GrpcServer implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;

  private GrpcServer(int port, int window, @Nullable SslContext tls) {
    channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    if (tls != null) {
                      connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                    }
                    connection.pipeline().addLast("codec", codec(window)).addLast(new Served());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), port)
            .syncUninterruptibly()
            .channel();
  }

  /** One that lets a stream have so many octets at once. */
  static GrpcServer start(int port, int window) {
    return new GrpcServer(port, window, null);
  }

  /** One under TLS. */
  static GrpcServer secure(int port, Certificate certificate) throws IOException {
    SslContext tls =
        SslContextBuilder.forServer(certificate.chain().toFile(), certificate.key().toFile())
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2))
            .build();
    return new GrpcServer(port, 65535, tls);
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static ChannelHandler codec(int window) {
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(Http2Settings.defaultSettings().initialWindowSize(window))
        .validateHeaders(false)
        .autoAckPingFrame(true)
        .build();
  }

  /** One connection, with the one stream that is open on it. */
  private static final class Served extends ChannelInboundHandlerAdapter {
    private final StringBuilder body = new StringBuilder();
    private Http2Headers head = new DefaultHttp2Headers(false);
    private String frames = "";
    private int served;
    private boolean early;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      switch (message) {
        case Http2HeadersFrame frame -> {
          served++;
          head = frame.headers();
          frames = frame.isEndStream() ? "alone" : "with a body";
          body.setLength(0);
          early = head.contains("x-early");
          if (head.contains("x-echo")) {
            early = true;
            step(ctx, frame.stream(), 'h', ":status=200;content-type=application/grpc");
          } else if (early || frame.isEndStream()) {
            answer(ctx, frame.stream());
          }
        }
        case Http2DataFrame frame -> {
          body.append(frame.content().toString(StandardCharsets.ISO_8859_1));
          if (!head.contains("x-stall")) {
            int taken = frame.initialFlowControlledBytes();
            ctx.write(new DefaultHttp2WindowUpdateFrame(taken).stream(frame.stream()));
          }
          if (head.contains("x-echo")) {
            echo(ctx, frame);
          } else if (frame.isEndStream() && !early) {
            answer(ctx, frame.stream());
          }
          frame.release();
        }
        default -> ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    private void echo(ChannelHandlerContext ctx, Http2DataFrame frame) {
      if (frame.content().isReadable()) {
        step(ctx, frame.stream(), 'd', frame.content().toString(StandardCharsets.ISO_8859_1));
      }
      if (frame.isEndStream()) {
        step(ctx, frame.stream(), 't', "grpc-status=0");
      }
    }

    private void answer(ChannelHandlerContext ctx, Http2FrameStream stream) {
      CharSequence steps = head.get("x-steps");
      if (steps != null) {
        run(ctx, stream, new ArrayDeque<>(Arrays.asList(steps.toString().split("\\|"))));
        return;
      }
      StringBuilder told = new StringBuilder(frames).append('\n');
      head.forEach(field -> told.append(field.getKey() + ": " + field.getValue()).append('\n'));
      told.append('[').append(body).append("]\n");
      String answer = told.toString();
      run(
          ctx,
          stream,
          new ArrayDeque<>(
              Arrays.asList(
                  "h:status=200;content-type=application/grpc;x-served=" + served,
                  "d" + answer,
                  "tgrpc-status=0;grpc-message=fine")));
    }

    private void run(ChannelHandlerContext ctx, Http2FrameStream stream, Deque<String> steps) {
      while (!steps.isEmpty() && ctx.channel().isActive()) {
        String step = steps.removeFirst();
        String text = step.substring(1);
        if (step.charAt(0) == 'w') {
          ctx.flush();
          ctx.executor()
              .schedule(() -> run(ctx, stream, steps), Long.parseLong(text), TimeUnit.MILLISECONDS);
          return;
        }
        step(ctx, stream, step.charAt(0), text);
      }
      ctx.flush();
    }

    private void step(ChannelHandlerContext ctx, Http2FrameStream stream, char kind, String text) {
      switch (kind) {
        case 'h', 'H' ->
            ctx.write(new DefaultHttp2HeadersFrame(fields(text), kind == 'H').stream(stream));
        case 't' -> ctx.write(new DefaultHttp2HeadersFrame(fields(text), true).stream(stream));
        case 'd', 'D' ->
            ctx.write(new DefaultHttp2DataFrame(octets(text), kind == 'D').stream(stream));
        case 'n' ->
            ctx.write(
                new DefaultHttp2DataFrame(octets("0123456789".repeat(Integer.parseInt(text) / 10)))
                    .stream(stream));
        case 'r' -> ctx.write(new DefaultHttp2ResetFrame(Long.parseLong(text)).stream(stream));
        case 'g' -> {
          DefaultHttp2GoAwayFrame leaving = new DefaultHttp2GoAwayFrame(0L);
          leaving.setExtraStreamIds(Integer.parseInt(text));
          ctx.write(leaving);
        }
        case 'p' -> ctx.write(new DefaultHttp2PingFrame(7));
        case 'x' ->
            ctx.pipeline()
                .context("codec")
                .write(Unpooled.wrappedBuffer(HexFormat.of().parseHex(text)));
        case 'c' -> ctx.channel().pipeline().firstContext().close();
        default -> throw new IllegalArgumentException(kind + text);
      }
    }

    private static ByteBuf octets(String text) {
      return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static Http2Headers fields(String text) {
      Http2Headers fields = new DefaultHttp2Headers(false);
      for (String field : text.split(";")) {
        int end = field.indexOf('=');
        fields.add(field.substring(0, end), field.substring(end + 1));
      }
      return fields;
    }
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
