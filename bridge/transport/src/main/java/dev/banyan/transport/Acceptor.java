package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sets up the connections that a listener accepted. Thread-safe. */
@Sharable
final class Acceptor extends ChannelInitializer<Channel> {
  private static final AtomicLong CONNECTIONS = new AtomicLong();

  private final Workers workers;
  private final ListenerOptions options;
  private final ExchangeHandler handler;
  private final @Nullable TlsContexts tls;
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable CountDownLatch closing;

  Acceptor(Workers workers, ListenerOptions options, ExchangeHandler handler) {
    this.workers = workers;
    this.options = options;
    this.handler = handler;
    TlsServer server = options.tls();
    this.tls = server == null ? null : new TlsContexts(server, options.http2());
  }

  Set<ClientConnection> connections() {
    return connections;
  }

  ListenerOptions options() {
    return options;
  }

  ExchangeHandler handler() {
    return handler;
  }

  /** Reaches zero when no connection is open. */
  CountDownLatch allClosed() {
    CountDownLatch latch = new CountDownLatch(1);
    closing = latch;
    if (connections.isEmpty()) {
      latch.countDown();
    }
    return latch;
  }

  @Override
  protected void initChannel(Channel child) {
    if (connections.size() >= options.limits().maxConnections()) {
      child.close();
      return;
    }
    Greeting greeting =
        new Greeting(this, tls, workers.loopOf(child.eventLoop()), CONNECTIONS.incrementAndGet());
    track(child, greeting);
    child.pipeline().addLast(greeting);
  }

  /** Counts a connection, under its present owner, until its channel closes. */
  void track(Channel child, ClientConnection connection) {
    connections.add(connection);
    child
        .closeFuture()
        .addListener(_ -> {
          connections.remove(connection);
          CountDownLatch latch = closing;
          if (latch != null && connections.isEmpty()) {
            latch.countDown();
          }
        });
  }

  void untrack(ClientConnection connection) {
    connections.remove(connection);
  }
}
