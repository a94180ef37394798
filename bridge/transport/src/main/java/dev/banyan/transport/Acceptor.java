package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Sets up the connections that a listener accepted. Thread-safe. */
@Sharable
final class Acceptor extends ChannelInitializer<Channel> {
  private final Workers workers;
  private final ExchangeHandler handler;
  private volatile Terms terms;
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable CountDownLatch closing;
  private volatile boolean leaving;

  Acceptor(Workers workers, ListenerOptions options, ExchangeHandler handler) {
    this.workers = workers;
    this.terms = terms(options);
    this.handler = handler;
  }

  /** What connections are accepted under. */
  record Terms(ListenerOptions options, @Nullable TlsContexts tls) {}

  /** Reads what the options name. */
  static Terms terms(ListenerOptions options) {
    TlsServer server = options.tls();
    return new Terms(options, server == null ? null : new TlsContexts(server, options.http2()));
  }

  /** Accepts connections under other terms from now on. */
  void use(Terms other) {
    terms = other;
  }

  /** Another process accepts from now on: tells those who are here, and who comes nevertheless. */
  void leave() {
    leaving = true;
    for (ClientConnection connection : connections) {
      connection.loop().execute(connection::leave);
    }
  }

  Set<ClientConnection> connections() {
    return connections;
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
    Terms now = terms;
    if (connections.size() >= now.options().limits().maxConnections()) {
      child.close();
      return;
    }
    WorkerLoop loop = workers.loopOf(child.eventLoop());
    Greeting greeting = new Greeting(this, now, loop, ConnectionNumbers.next());
    loop.guard(child);
    track(child, greeting);
    child.pipeline().addLast(greeting);
  }

  /** Counts a connection, under its present owner, until its channel closes. */
  void track(Channel child, ClientConnection connection) {
    connections.add(connection);
    if (leaving) {
      connection.loop().execute(connection::leave);
    }
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
