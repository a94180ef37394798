package dev.banyan.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Owned by who starts a listener: a channel for a socket that another process listens on. Nothing
 * is accepted by it before {@link #begin}.
 *
 * <p>Netty makes an epoll channel of any descriptor. One of io_uring is bound to a place of its own
 * first, and its descriptor then becomes one of the socket that is taken over.
 */
final class Adoption {
  private final Channel channel;
  private final ListenerOptions options;
  private final boolean blocking;

  private Adoption(Channel channel, ListenerOptions options, boolean blocking) {
    this.channel = channel;
    this.options = options;
    this.blocking = blocking;
  }

  /**
   * Takes a socket over.
   *
   * @param bootstrap for the channel, without its type
   * @throws TransportException {@code CONNECT} when that can't be done
   */
  static Adoption of(
      ServerBootstrap bootstrap,
      int descriptor,
      boolean unix,
      IoMethod method,
      ListenerOptions options) {
    bootstrap.option(ChannelOption.AUTO_READ, false);
    try {
      return switch (method) {
        case EPOLL -> {
          bootstrap.channelFactory(() ->
              unix
                  ? new EpollServerDomainSocketChannel(descriptor)
                  : new EpollServerSocketChannel(descriptor));
          yield new Adoption(channel(bootstrap.register()), options, false);
        }
        case IO_URING -> replaced(bootstrap, descriptor, unix, options);
        case NIO -> throw new IOException("only epoll and io_uring can take sockets over");
      };
    } catch (IOException e) {
      throw new TransportException(
          TransportException.Kind.CONNECT,
          false,
          "a socket can't be taken over (" + e.getMessage() + ")",
          e);
    }
  }

  private static Adoption replaced(
      ServerBootstrap bootstrap, int descriptor, boolean unix, ListenerOptions options)
      throws IOException {
    SocketAddress own =
        unix
            ? new DomainSocketAddress(
                "\0banyan-" + ProcessHandle.current().pid() + "-" + descriptor)
            : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Channel channel = channel(bootstrap.channel(IoMethod.IO_URING.server(unix)).bind(own));
    int number = ((UnixChannel) channel).fd().intValue();
    boolean blocking = Descriptors.isBlocking(number);
    Descriptors.duplicate(descriptor, number);
    new FileDescriptor(descriptor).close();
    return new Adoption(channel, options, blocking);
  }

  private static Channel channel(ChannelFuture made) throws IOException {
    made.awaitUninterruptibly();
    if (!made.isSuccess()) {
      throw new IOException(String.valueOf(made.cause().getMessage()), made.cause());
    }
    return made.channel();
  }

  Channel channel() {
    return channel;
  }

  /** Accepts from now on, with this process's own options. */
  void begin() {
    int number = ((UnixChannel) channel).fd().intValue();
    try {
      Descriptors.blocking(number, blocking);
      Socket socket = new Socket(number);
      socket.listen(options.backlog());
      if (options.sockets().receiveBuffer() > 0) {
        socket.setReceiveBufferSize(options.sockets().receiveBuffer());
      }
    } catch (IOException e) {
      throw new TransportException(
          TransportException.Kind.CONNECT,
          false,
          "a socket that was taken over can't be used (" + e.getMessage() + ")",
          e);
    }
    channel.config().setAutoRead(true);
  }
}
