package dev.banyan.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An address that clients connect to. Thread-safe; the calls that wait are not for a worker's loop.
 *
 * <p>Accepted connections are dealt to the workers in turn and stay with theirs.
 */
public final class Listener implements AutoCloseable {
  private final Channel channel;
  private final Acceptor acceptor;

  private Listener(Channel channel, Acceptor acceptor) {
    this.channel = channel;
    this.acceptor = acceptor;
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
    boolean unix = address instanceof UnixDomainSocketAddress;
    Acceptor acceptor = new Acceptor(workers, options, handler);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(workers.acceptor(), workers.dealer())
            .channel(workers.method().server(unix))
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
    ChannelFuture bound = bootstrap.bind(workers.method().address(address)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new TransportException(
          TransportException.Kind.CONNECT,
          false,
          "bind() to " + text(address) + " failed (" + reason(bound.cause()) + ")",
          bound.cause());
    }
    return new Listener(bound.channel(), acceptor);
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
    return channel.localAddress() instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unix:", 0);
  }

  /** Connections that are open. */
  public int connections() {
    return acceptor.connections().size();
  }

  /** Stops accepting; idle connections close at once, busy ones after their response. */
  public void stopAccepting() {
    channel.close().awaitUninterruptibly();
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
    channel.close().awaitUninterruptibly();
    for (ClientConnection connection : acceptor.connections()) {
      connection.loop().execute(connection::close);
    }
  }
}
