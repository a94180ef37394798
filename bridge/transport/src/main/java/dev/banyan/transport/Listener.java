package dev.banyan.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address that clients connect to. Thread-safe; the calls that wait are not for a worker's loop.
 *
 * <p>Accepted connections are dealt to the workers in turn and stay with theirs.
 */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration LETTING_GO = Duration.ofSeconds(1);

  private final Workers workers;
  private final Channel channel;
  private final Acceptor acceptor;
  private final SocketAddress address;
  private final @Nullable Adoption adoption;
  private volatile boolean accepting;
  private volatile boolean left;

  private Listener(
      Workers workers,
      Channel channel,
      Acceptor acceptor,
      SocketAddress address,
      @Nullable Adoption adoption) {
    this.workers = workers;
    this.channel = channel;
    this.acceptor = acceptor;
    this.address = address;
    this.adoption = adoption;
    this.accepting = adoption == null;
  }

  /**
   * Binds an address and begins to accept.
   *
   * @param address an {@link InetSocketAddress}, port 0 for any free one, or a {@link
   *     UnixDomainSocketAddress}
   * @throws TransportException {@code CONNECT} when the address is taken or not ours, {@code TLS}
   *     when a certificate or key can't be used
   */
  public static Listener bind(
      Workers workers, SocketAddress address, ListenerOptions options, ExchangeHandler handler) {
    return bind(workers, address, options, handler, InheritedSockets.none());
  }

  /**
   * As {@link #bind}, but takes the socket that listens on the address already, where there is one:
   * then nothing is accepted before {@link #accept}.
   */
  public static Listener bind(
      Workers workers,
      SocketAddress address,
      ListenerOptions options,
      ExchangeHandler handler,
      InheritedSockets inherited) {
    boolean unix = address instanceof UnixDomainSocketAddress;
    Acceptor acceptor = new Acceptor(workers, options, handler);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(workers.acceptor(), workers.dealer())
            .option(ChannelOption.SO_BACKLOG, options.backlog())
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, Workers.receiveBuffers())
            .childHandler(acceptor);
    if (!unix) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true);
      options.sockets().apply(bootstrap, workers.method());
    }
    OptionalInt taken = inherited.take(address);
    if (taken.isPresent()) {
      Adoption adoption = Adoption.of(bootstrap, taken.getAsInt(), unix, workers.method(), options);
      return new Listener(workers, adoption.channel(), acceptor, address, adoption);
    }
    bootstrap.channel(workers.method().server(unix));
    ChannelFuture bound = bootstrap.bind(workers.method().address(address)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new TransportException(
          TransportException.Kind.CONNECT,
          false,
          "bind() to " + text(address) + " failed (" + reason(bound.cause()) + ")",
          bound.cause());
    }
    return new Listener(workers, bound.channel(), acceptor, address, null);
  }

  /** Begins to accept, where the socket was taken over. */
  public void accept() {
    if (adoption != null && !accepting) {
      adoption.begin();
      accepting = true;
    }
  }

  /** The descriptor of its socket, for another process to accept on; empty for one of the JDK's. */
  public OptionalInt descriptor() {
    return channel instanceof UnixChannel system
        ? OptionalInt.of(system.fd().intValue())
        : OptionalInt.empty();
  }

  /**
   * Stops accepting, because another process accepts on the same socket, which stays open for it.
   * Who has been accepted may ask once more, and is told that the connection ends with the answer.
   */
  public void leave() {
    left = true;
    workers.keepAcceptor();
    channel.config().setAutoRead(false);
    acceptor.leave();
  }

  /**
   * Lets the socket go that another process has, some time after {@link #leave}. The channel is not
   * closed, which would remove a Unix socket: its descriptor is.
   */
  public void letGo() {
    try {
      if (channel instanceof EpollServerSocketChannel
          || channel instanceof EpollServerDomainSocketChannel) {
        channel.deregister().await(LETTING_GO.toMillis()); // epoll knows the socket, not the number
      }
      if (channel instanceof UnixChannel system) {
        system.fd().close();
      }
    } catch (IOException e) {
      LOG.warn("the socket of {} can't be let go: {}", text(address), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getHostString() + ":" + inet.getPort()
        : "unix:" + address;
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("Address already in use") ? "98: Address already in use" : message;
  }

  /** Connections are accepted by other options from a point in time on. */
  @FunctionalInterface
  public interface Change {
    /** From now on; connections that are open keep theirs. */
    void commit();
  }

  /**
   * Reads what other options name, such as certificates, and waits to be told.
   *
   * @throws TransportException {@code TLS} when a certificate or key can't be used
   */
  public Change prepare(ListenerOptions options) {
    Acceptor.Terms terms = Acceptor.terms(options);
    return () -> acceptor.use(terms);
  }

  /** The address that was bound, with its real port; {@code unix:} unresolved for a Unix socket. */
  public InetSocketAddress address() {
    SocketAddress known = adoption == null ? channel.localAddress() : address;
    return known instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unix:", 0);
  }

  /** Connections that are open. */
  public int connections() {
    return acceptor.connections().size();
  }

  /** Stops accepting; idle connections close at once, busy ones after their response. */
  public void stopAccepting() {
    closeSocket();
    for (ClientConnection connection : acceptor.connections()) {
      connection.loop().execute(connection::stopGracefully);
    }
  }

  /** How many of the connections that are open are a loop's. */
  public int connections(WorkerLoop of) {
    return (int) acceptor.connections().stream().filter(one -> one.loop().equals(of)).count();
  }

  /** Ends a loop's connections: idle ones at once, busy ones after their response. */
  public void stopConnections(WorkerLoop of) {
    for (ClientConnection connection : acceptor.connections()) {
      if (connection.loop().equals(of)) {
        of.execute(connection::stopGracefully);
      }
    }
  }

  /**
   * Stops gracefully: like {@link #stopAccepting}, then waits for running exchanges and closes what
   * is left after {@code patience}.
   *
   * @return whether every exchange came to its end
   */
  public boolean drain(Duration patience) throws InterruptedException {
    stopAccepting();
    boolean drained =
        acceptor.allClosed().await(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
    close();
    return drained;
  }

  /** Stops accepting and closes every connection. */
  @Override
  public void close() {
    closeSocket();
    for (ClientConnection connection : acceptor.connections()) {
      connection.loop().execute(connection::close);
    }
  }

  private void closeSocket() {
    if (left) {
      return; // it is another process's
    }
    boolean wasOpen = channel.isOpen();
    channel.close().awaitUninterruptibly();
    if (wasOpen
        && accepting
        && adoption != null
        && address instanceof UnixDomainSocketAddress unix) {
      remove(unix.getPath()); // Netty knows only of what it has bound itself
    }
  }

  private static void remove(Path socket) {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.warn("{} can't be removed: {}", socket, e.getMessage());
    }
  }
}
