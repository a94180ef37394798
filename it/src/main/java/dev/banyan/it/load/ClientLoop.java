package dev.banyan.it.load;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * For any thread: the one event loop of a load's client. With epoll it sleeps to the nanosecond,
 * where NIO's selector rounds to milliseconds, of which a request would be late.
 */
final class ClientLoop implements AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  private ClientLoop() {}

  /** Starts it, with the priority of all others: a closed loop would leave them nothing. */
  static ClientLoop start() {
    return new ClientLoop();
  }

  /**
   * Starts it, before all others where the system grants that: see {@link Precedence}. What this
   * process has left behind is collected now, so that no pause of its own falls into the load.
   */
  static ClientLoop startFirst() throws InterruptedException {
    System.gc();
    ClientLoop made = start();
    made.loop().submit(Precedence::take).sync();
    return made;
  }

  /** The loop. */
  EventLoop loop() {
    return group.next();
  }

  /** What connects with it. */
  static Class<? extends SocketChannel> channel() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
