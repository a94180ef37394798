package dev.banyan.duel.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.report.SummaryText;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteReader;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import dev.banyan.duel.wire.Target.Scheme;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that resets each stream, and keeps its connection. */
final class ResetStreamTest {
  private final AtomicInteger requests = new AtomicInteger();

  /** Resets the stream of each request. */
  private final class Resetting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame) {
        requests.incrementAndGet();
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
      }
      ReferenceCountUtil.release(message);
    }
  }

  private Channel serve(MultiThreadIoEventLoopGroup loops) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel connection) {
                connection
                    .pipeline()
                    .addLast(
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(
                            new ChannelInitializer<>() {
                              @Override
                              protected void initChannel(Channel stream) {
                                stream.pipeline().addLast(new Resetting());
                              }
                            }));
              }
            })
        .bind("127.0.0.1", 0)
        .syncUninterruptibly()
        .channel();
  }

  @Test
  void aRequestWhoseStreamWasResetIsNotSentAgain() throws InterruptedException {
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      int port = ((InetSocketAddress) serve(loops).localAddress()).getPort();
      List<Target> targets =
          List.of(
              new Target("one", Scheme.H2C, "127.0.0.1", port),
              new Target("two", Scheme.H2C, "127.0.0.1", port));
      DuelOptions options =
          new DuelOptions(
              1,
              1,
              Rules.ignoring(List.of(), false),
              ClientOptions.DEFAULT,
              DuelOptions.MARK,
              0,
              0);
      String suite = "=== %d\n--- ask\nGET / HTTP/1.1\nHost: a\n";
      List<Case> cases = SuiteReader.parse("reset.suite", suite.formatted(1) + suite.formatted(2));
      try (Duel duel = new Duel(targets, options, null, Progress.NONE)) {
        Report report = duel.run(CaseSource.shuffled(cases, 1));
        assertThat(report.count(Verdict.EQUAL)).isEqualTo(2);
        assertThat(SummaryText.of(report)).doesNotContain("sent again");
      }
      assertThat(requests).hasValue(4);
    } finally {
      loops.shutdownGracefully();
    }
  }
}
