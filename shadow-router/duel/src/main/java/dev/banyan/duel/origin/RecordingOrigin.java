package dev.banyan.duel.origin;

import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.OriginAnswer.Sending;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Thread-safe: servers on some ports, behind all targets of a duel. A request's mark says which
 * sending of which step it belongs to; what comes without one is answered and only counted.
 */
public final class RecordingOrigin implements AutoCloseable {
  private static final int MAX_HEAD = 1 << 20;
  private static final int MAX_RECEIVED = 32;
  private static final int BACKLOG = 4096;

  private final String markName;
  private final MultiThreadIoEventLoopGroup loops;
  private final List<Channel> servers = new ArrayList<>();
  private final Map<String, Expected> expected = new ConcurrentHashMap<>();
  private final LongAdder unmarked = new LongAdder();
  private final LongAdder marked = new LongAdder();

  private record Expected(OriginAnswer answer, List<Received> received) {}

  private RecordingOrigin(String markName) {
    this.markName = markName;
    this.loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  /**
   * Starts one on each port; 0 takes any free one.
   *
   * @param host the address to listen on
   * @param markName the field that holds a request's mark
   * @throws IOException when a port can't be had
   */
  public static RecordingOrigin start(String host, List<Integer> ports, String markName)
      throws IOException {
    RecordingOrigin origin = new RecordingOrigin(markName);
    for (int port : ports) {
      origin.listen(host, port);
    }
    return origin;
  }

  private void listen(String host, int port) throws IOException {
    int number = servers.size() + 1;
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpRequestDecoder(
                                new HttpDecoderConfig()
                                    .setMaxInitialLineLength(MAX_HEAD)
                                    .setMaxHeaderSize(MAX_HEAD)
                                    .setValidateHeaders(false)),
                            new OriginHandler(RecordingOrigin.this, number));
                  }
                });
    var binding = server.bind(new InetSocketAddress(host, port)).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      close();
      throw new IOException(
          "an origin can't listen on " + host + ":" + port + ": " + binding.cause().getMessage(),
          binding.cause());
    }
    servers.add(binding.channel());
  }

  /** Where they listen, in the order of the start. */
  public List<Integer> ports() {
    return servers.stream().map(s -> ((InetSocketAddress) s.localAddress()).getPort()).toList();
  }

  /** Answers requests with this mark so, until they are taken. */
  public void expect(String mark, OriginAnswer answer) {
    expected.put(mark, new Expected(answer, new ArrayList<>()));
  }

  /** What has come with this mark; it is forgotten here. */
  public List<Received> take(String mark) {
    Expected done = expected.remove(mark);
    if (done == null) {
      return List.of();
    }
    synchronized (done) {
      return done.answer().sending() == Sending.DROP
          ? once(done.received())
          : List.copyOf(done.received());
    }
  }

  /**
   * A proxy repeats a request for nothing when a connection that it had kept was closed, and
   * whether it had kept one is a matter of chance.
   */
  private static List<Received> once(List<Received> all) {
    List<Received> kept = new ArrayList<>();
    for (Received one : all) {
      if (kept.stream().noneMatch(one::repeats)) {
        kept.add(one);
      }
    }
    return List.copyOf(kept);
  }

  /** Requests that came with a mark. */
  public long marked() {
    return marked.sum();
  }

  /** Requests that came without a mark of this duel: no target may drop the field. */
  public long unmarked() {
    return unmarked.sum();
  }

  boolean isMark(String field) {
    return field.equalsIgnoreCase(markName);
  }

  /** Keeps a request, and says what to answer. */
  OriginAnswer received(String mark, Received request) {
    Expected known = expected.get(mark);
    if (known == null) {
      unmarked.increment();
      return OriginAnswer.DEFAULT;
    }
    marked.increment();
    synchronized (known) {
      if (known.received().size() < MAX_RECEIVED) {
        known.received().add(request);
      }
    }
    return known.answer();
  }

  @Override
  public void close() {
    servers.forEach(Channel::close);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
  }
}
