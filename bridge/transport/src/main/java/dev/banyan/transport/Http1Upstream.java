package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: its HTTP/1.x connections to origins and the idle ones among them. */
public final class Http1Upstream implements Upstream {
  private final WorkerLoop loop;
  private final Map<Peer, ArrayDeque<Idle>> idle = new HashMap<>();

  /** An idle connection and the timer that ends it. */
  private record Idle(UpstreamConnection connection, ScheduledFuture<?> expiry) {}

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
    ArrayDeque<Idle> stack = idle.get(peer);
    Idle entry = stack == null ? null : stack.pollLast();
    while (entry != null) {
      entry.expiry().cancel(false);
      if (entry.connection().alive()) {
        return entry.connection();
      }
      entry.connection().close();
      entry = stack == null ? null : stack.pollLast();
    }
    return null;
  }

  void giveBack(UpstreamConnection connection) {
    Peer peer = connection.peer();
    if (peer.pool() == null || peer.keepIdle() <= 0) {
      connection.close();
      return;
    }
    ArrayDeque<Idle> stack = idle.computeIfAbsent(peer, _ -> new ArrayDeque<>());
    if (stack.size() >= peer.keepIdle()) {
      Idle oldest = stack.pollFirst();
      if (oldest != null) {
        oldest.expiry().cancel(false);
        oldest.connection().close();
      }
    }
    ScheduledFuture<?> expiry =
        loop.eventLoop()
            .schedule(connection::close, peer.keepTime().toMillis(), TimeUnit.MILLISECONDS);
    stack.addLast(new Idle(connection, expiry));
    connection.idle();
  }

  /** An idle connection was closed by its origin. */
  void lost(UpstreamConnection connection) {
    ArrayDeque<Idle> stack = idle.get(connection.peer());
    if (stack != null) {
      stack.removeIf(entry -> {
        boolean match = entry.connection() == connection;
        if (match) {
          entry.expiry().cancel(false);
        }
        return match;
      });
      if (stack.isEmpty()) {
        idle.remove(connection.peer());
      }
    }
  }

  /** Closes all idle connections. Call it on the loop's thread. */
  public void closeIdle() {
    idle.values().forEach(stack -> stack.forEach(entry -> entry.connection().close()));
    idle.clear();
  }

  WorkerLoop loop() {
    return loop;
  }
}
