package dev.banyan.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of accepted connections are set to; what is 0 or null is left to the system.
 *
 * @param keepAlive whether the system asks silent clients if they are there
 * @param idleSeconds of silence before it asks
 * @param intervalSeconds from one question to the next
 * @param probes questions without an answer that end the connection
 * @param receiveBuffer of the system, in bytes
 * @param sendBuffer of the system, in bytes
 */
public record AcceptedSockets(
    @Nullable Boolean keepAlive,
    int idleSeconds,
    int intervalSeconds,
    int probes,
    int receiveBuffer,
    int sendBuffer) {
  /** All is left to the system. */
  public static final AcceptedSockets SYSTEM = new AcceptedSockets(null, 0, 0, 0, 0, 0);

  void apply(ServerBootstrap bootstrap, IoMethod method) {
    if (keepAlive != null) {
      bootstrap.childOption(ChannelOption.SO_KEEPALIVE, keepAlive);
    }
    set(bootstrap, idle(method), idleSeconds);
    set(bootstrap, interval(method), intervalSeconds);
    set(bootstrap, count(method), probes);
    if (receiveBuffer > 0) { // before the handshake, which tells the client the window
      bootstrap.option(ChannelOption.SO_RCVBUF, receiveBuffer);
    }
    set(bootstrap, ChannelOption.SO_SNDBUF, sendBuffer);
  }

  private static void set(ServerBootstrap bootstrap, ChannelOption<Integer> option, int value) {
    if (value > 0) {
      bootstrap.childOption(option, value);
    }
  }

  private static ChannelOption<Integer> idle(IoMethod method) {
    return switch (method) {
      case EPOLL -> EpollChannelOption.TCP_KEEPIDLE;
      case IO_URING -> IoUringChannelOption.TCP_KEEPIDLE;
      case NIO -> NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);
    };
  }

  private static ChannelOption<Integer> interval(IoMethod method) {
    return switch (method) {
      case EPOLL -> EpollChannelOption.TCP_KEEPINTVL;
      case IO_URING -> IoUringChannelOption.TCP_KEEPINTVL;
      case NIO -> NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL);
    };
  }

  private static ChannelOption<Integer> count(IoMethod method) {
    return switch (method) {
      case EPOLL -> EpollChannelOption.TCP_KEEPCNT;
      case IO_URING -> IoUringChannelOption.TCP_KEEPCNT;
      case NIO -> NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT);
    };
  }
}
