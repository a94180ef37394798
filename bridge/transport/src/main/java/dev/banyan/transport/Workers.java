package dev.banyan.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event loops of this process: epoll where Linux offers it, NIO elsewhere. Thread-safe.
 *
 * <p>Each loop's thread has a large stack ({@link #STACK_BYTES}, reserved and not committed),
 * because Lua recurses on it.
 */
public final class Workers implements AutoCloseable {
  /** Stack of a loop's thread. */
  public static final long STACK_BYTES = 256L << 20;

  /** The most that is taken from a socket at a time. */
  static final int READ_BYTES = 64 << 10;

  private static final boolean EPOLL = Epoll.isAvailable();

  private final MultiThreadIoEventLoopGroup group;
  private final List<WorkerLoop> loops;

  /** Starts {@code count} loops. */
  public Workers(int count) {
    IoHandlerFactory io = EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    AtomicInteger started = new AtomicInteger();
    ThreadFactory threads =
        task ->
            new FastThreadLocalThread(
                null, task, "banyan-worker-" + started.getAndIncrement(), STACK_BYTES);
    group = new MultiThreadIoEventLoopGroup(count, threads, io);
    List<WorkerLoop> list = new ArrayList<>(count);
    for (EventExecutor executor : group) {
      list.add(new WorkerLoop((EventLoop) executor, list.size()));
    }
    loops = List.copyOf(list);
  }

  /** The loops, by their index. */
  public List<WorkerLoop> loops() {
    return loops;
  }

  /** Whether the native transport runs. */
  public static boolean nativeTransport() {
    return EPOLL;
  }

  MultiThreadIoEventLoopGroup group() {
    return group;
  }

  WorkerLoop loopOf(EventLoop eventLoop) {
    for (WorkerLoop loop : loops) {
      if (loop.eventLoop().equals(eventLoop)) {
        return loop;
      }
    }
    throw new IllegalArgumentException("not a loop of these workers");
  }

  static Class<? extends ServerChannel> serverChannel(boolean unix) {
    if (unix) {
      return EPOLL ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
    }
    return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static Class<? extends Channel> socketChannel(boolean unix) {
    if (unix) {
      return EPOLL ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
    }
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  static Class<? extends SocketChannel> streamChannel() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  static Class<? extends DatagramChannel> datagramChannel() {
    return EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  static Class<? extends Channel> datagramChannel(boolean unix) {
    if (!unix) {
      return datagramChannel();
    }
    if (!EPOLL) {
      throw new TransportException(
          TransportException.Kind.CONNECT, true, "no Unix datagram sockets on this system", null);
    }
    return EpollDomainDatagramChannel.class;
  }

  /** The address as the channels of this process want it. */
  static SocketAddress nettyAddress(SocketAddress address) {
    return EPOLL && address instanceof UnixDomainSocketAddress unix
        ? new DomainSocketAddress(unix.getPath().toString())
        : address;
  }

  /** One buffer of at most {@link #READ_BYTES} for each read that was asked for. */
  static RecvByteBufAllocator receiveBuffers() {
    return new AdaptiveRecvByteBufAllocator(256, 2048, READ_BYTES).maxMessagesPerRead(1);
  }

  /** Stops the loops, giving running tasks a moment. */
  public void stop(Duration patience) {
    group.shutdownGracefully(0, Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    stop(Duration.ofMillis(100));
  }
}
