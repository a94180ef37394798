package dev.banyan.transport;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: its HTTP/1.x connections to origins and the idle ones among them. */
public final class Http1Upstream implements Upstream {
  private final WorkerLoop loop;
  private final Map<Peer, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

  /** Creates the pools of a worker. */
  public Http1Upstream(WorkerLoop loop) {
    this.loop = loop;
  }

  @Override
  public Connection connect(Peer peer, Duration timeout) {
    UpstreamConnection pooled = peer.pool() == null ? null : take(peer);
    if (pooled != null) {
      pooled.begin(true);
      return pooled;
    }
    UpstreamConnection connection = new UpstreamConnection(this, peer);
    Channel channel = Connects.open(loop, peer.address(), peer.local(), connection, timeout);
    RawSocket.TlsClient tls = peer.tls();
    if (tls != null) {
      try {
        TlsHandshakes.client(channel, tls, timeout);
      } catch (TransportException e) {
        channel.close();
        throw e;
      }
    }
    connection.begin(false);
    return connection;
  }

  private @Nullable UpstreamConnection take(Peer peer) {
    ArrayDeque<UpstreamConnection> stack = idle.get(peer);
    if (stack == null) {
      return null;
    }
    for (UpstreamConnection next = stack.pollLast(); next != null; next = stack.pollLast()) {
      if (next.alive()) {
        return next;
      }
      next.close();
    }
    return null;
  }

  void giveBack(UpstreamConnection connection) {
    Peer peer = connection.peer();
    if (peer.pool() == null || peer.keepIdle() <= 0 || connection.spent()) {
      connection.close();
      return;
    }
    ArrayDeque<UpstreamConnection> stack = idle.computeIfAbsent(peer, _ -> new ArrayDeque<>());
    if (stack.size() >= peer.keepIdle()) {
      stack.removeFirst().close();
    }
    stack.addLast(connection);
    connection.idle();
  }

  /** An idle connection was closed by its origin. */
  @SuppressWarnings("ReferenceEquality") // the connection itself
  void lost(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> stack = idle.get(connection.peer());
    if (stack != null) {
      stack.removeIf(one -> one == connection);
      if (stack.isEmpty()) {
        idle.remove(connection.peer());
      }
    }
  }

  /** Closes all idle connections. Call it on the loop's thread. */
  public void closeIdle() {
    idle.values().forEach(stack -> stack.forEach(UpstreamConnection::close));
    idle.clear();
  }

  WorkerLoop loop() {
    return loop;
  }
}
