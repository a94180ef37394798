package dev.banyan.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: which loop reads the Unix datagram sockets of workers. Netty has these for epoll
 * alone, so that workers with another method share one loop for them, made when the first is
 * opened.
 */
final class UnixDatagrams {
  private final IoMethod method;
  private @Nullable MultiThreadIoEventLoopGroup aside;
  private boolean stopped;

  UnixDatagrams(IoMethod method) {
    this.method = method;
  }

  Class<EpollDomainDatagramChannel> channel() {
    return EpollDomainDatagramChannel.class;
  }

  /**
   * The loop for a socket of {@code worker}: its own, or one that tasks have to be taken to.
   *
   * @throws TransportException {@code CONNECT} when this system has no such sockets
   */
  synchronized EventLoop loop(WorkerLoop worker) {
    if (method == IoMethod.EPOLL) {
      return worker.eventLoop();
    }
    if (!Epoll.isAvailable() || stopped) {
      throw new TransportException(
          TransportException.Kind.CONNECT, true, "no Unix datagram sockets on this system", null);
    }
    MultiThreadIoEventLoopGroup group = aside;
    if (group == null) {
      ThreadFactory threads = task -> new FastThreadLocalThread(task, "banyan-datagrams");
      group = new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory());
      aside = group;
    }
    return group.next();
  }

  synchronized void stop(long millis) {
    stopped = true;
    if (aside != null) {
      aside.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
    }
  }
}
