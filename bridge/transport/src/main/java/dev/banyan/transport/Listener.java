package dev.banyan.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An address that clients connect to. Thread-safe.
 *
 * <p>Accepted connections are dealt to the workers in turn and stay with theirs.
 */
public final class Listener implements AutoCloseable {
  private static final AtomicLong CONNECTIONS = new AtomicLong();

  private final Channel channel;
  private final Set<Http1Connection> connections;

  private Listener(Channel channel, Set<Http1Connection> connections) {
    this.channel = channel;
    this.connections = connections;
  }

  /**
   * Binds an address and begins to accept.
   *
   * @throws TransportException {@code CONNECT} when the address is taken or not ours
   */
  public static Listener bind(
      Workers workers,
      InetSocketAddress address,
      ListenerLimits limits,
      int backlog,
      ExchangeHandler handler) {
    Set<Http1Connection> connections = ConcurrentHashMap.newKeySet();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(workers.group())
            .channel(Workers.serverChannel())
            .option(ChannelOption.SO_BACKLOG, backlog)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    accept(workers, child, limits, connections, handler);
                  }
                });
    try {
      return new Listener(bootstrap.bind(address).syncUninterruptibly().channel(), connections);
    } catch (RuntimeException e) {
      throw new TransportException(
          TransportException.Kind.CONNECT,
          false,
          "bind() to "
              + address.getHostString()
              + ":"
              + address.getPort()
              + " failed ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void accept(
      Workers workers,
      Channel child,
      ListenerLimits limits,
      Set<Http1Connection> connections,
      ExchangeHandler handler) {
    if (connections.size() >= limits.maxConnections()) {
      child.close();
      return;
    }
    Http1Connection connection =
        new Http1Connection(
            handler, limits, workers.loopOf(child.eventLoop()), CONNECTIONS.incrementAndGet());
    connections.add(connection);
    child.closeFuture().addListener(_ -> connections.remove(connection));
    child.pipeline().addLast(connection);
  }

  /** The address that was bound, with its real port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Connections that are open. */
  public int connections() {
    return connections.size();
  }

  /** Stops accepting; idle connections close, busy ones after their response. */
  public void stopAccepting() {
    channel.close().syncUninterruptibly();
    for (Http1Connection connection : connections) {
      connection.loop.execute(connection::stopGracefully);
    }
  }

  /** Stops accepting and closes every connection. */
  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    for (Http1Connection connection : connections) {
      connection.loop.execute(connection::close);
    }
  }
}
