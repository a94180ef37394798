package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a logger sends to a Unix datagram socket, such as {@code /dev/log}. */
class UnixDatagramsTest {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @TempDir Path folder = Path.of("");
  private Path path = folder;
  private Channel peer;

  @SuppressWarnings("NullAway.Init") // the peer is bound before each test
  UnixDatagramsTest() {}

  @BeforeEach
  void listen() throws InterruptedException {
    path = folder.resolve("log");
    peer =
        new Bootstrap()
            .group(group)
            .channel(EpollDomainDatagramChannel.class)
            .handler(
                new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                  @Override
                  protected void channelRead0(ChannelHandlerContext ctx, DomainDatagramPacket p) {
                    received.add(p.content().toString(StandardCharsets.UTF_8));
                  }
                })
            .bind(new DomainSocketAddress(path.toFile()))
            .sync()
            .channel();
  }

  @AfterEach
  void stop() {
    peer.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(IoMethod.class)
  void arriveWhateverTheWorkersWaitBy(IoMethod method)
      throws InterruptedException, TimeoutException {
    if (method.lack().isPresent()) {
      System.out.println(method + " is not to be had here: " + method.lack());
      return;
    }
    try (Workers workers = new Workers(1, method)) {
      WorkerLoop loop = workers.loops().getFirst();
      WorkerSockets sockets = new WorkerSockets(loop);
      UdpSocket socket = OnLoop.call(loop, () -> sockets.udp(UnixDomainSocketAddress.of(path)));
      OnLoop.run(loop, () -> socket.send(List.of(bytes("one "), bytes("line"))));
      assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("one line");
      OnLoop.run(loop, socket::close);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
