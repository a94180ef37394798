package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
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
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How event loops wait for their sockets and move octets, what nginx calls a connection processing
 * method. Immutable.
 */
public enum IoMethod {
  /** Linux: one call for each read and each write. */
  EPOLL("epoll"),
  /** Linux: what a loop's turn asks of the system goes there in one call. */
  IO_URING("io_uring"),
  /** What the JDK has everywhere. */
  NIO("nio");

  /** The first kernel whose io_uring works on its completions only when a loop asks for them. */
  private static final int[] RECENT = {6, 1};

  private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

  private final String text;

  IoMethod(String text) {
    this.text = text;
  }

  /** Those that this machine has; never empty. */
  public static List<IoMethod> available() {
    return Arrays.stream(values()).filter(method -> method.lack().isEmpty()).toList();
  }

  /**
   * What is taken where none is asked for: on Linux io_uring where this process may use it and the
   * kernel is {@link #RECENT} or newer, else epoll.
   */
  public static IoMethod standard() {
    if (isRecent(System.getProperty("os.version")) && IO_URING.lack().isEmpty()) {
      return IO_URING;
    }
    return EPOLL.lack().isEmpty() ? EPOLL : NIO;
  }

  /** Whether a kernel's version, such as {@code 6.18.44-amd64}, is at least {@link #RECENT}. */
  static boolean isRecent(String version) {
    int[] numbers =
        NO_DIGITS
            .splitAsStream(version)
            .limit(2)
            .filter(part -> !part.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    return numbers.length == 2 && Arrays.compare(numbers, RECENT) >= 0;
  }

  /** Why this machine hasn't got it; empty when it has. */
  public Optional<String> lack() {
    Throwable cause =
        switch (this) {
          case IO_URING -> IoUring.unavailabilityCause();
          case EPOLL -> Epoll.unavailabilityCause();
          case NIO -> null;
        };
    return Optional.ofNullable(cause).map(IoMethod::text);
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Makes what a loop waits with. */
  IoHandlerFactory handlers() {
    return switch (this) {
      case IO_URING -> IoUringIoHandler.newFactory();
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  Class<? extends ServerChannel> server(boolean unix) {
    return switch (this) {
      case IO_URING ->
          unix ? IoUringServerDomainSocketChannel.class : IoUringServerSocketChannel.class;
      case EPOLL -> unix ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class;
      case NIO -> unix ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class;
    };
  }

  Class<? extends Channel> stream(boolean unix) {
    if (!unix) {
      return stream();
    }
    return switch (this) {
      case IO_URING -> IoUringDomainSocketChannel.class;
      case EPOLL -> EpollDomainSocketChannel.class;
      case NIO -> NioDomainSocketChannel.class;
    };
  }

  Class<? extends SocketChannel> stream() {
    return switch (this) {
      case IO_URING -> IoUringSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      case NIO -> NioSocketChannel.class;
    };
  }

  Class<? extends DatagramChannel> datagrams() {
    return switch (this) {
      case IO_URING -> IoUringDatagramChannel.class;
      case EPOLL -> EpollDatagramChannel.class;
      case NIO -> NioDatagramChannel.class;
    };
  }

  /** The address as its channels want it. */
  SocketAddress address(SocketAddress address) {
    return this != NIO && address instanceof UnixDomainSocketAddress path
        ? new DomainSocketAddress(path.getPath().toString())
        : address;
  }

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return text;
  }
}
