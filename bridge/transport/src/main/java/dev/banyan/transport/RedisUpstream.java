package dev.banyan.transport;

import java.time.Duration;

/**
 * Owned by one loop: connections to Redis, kept as HTTP's are; a request is any number of commands,
 * and its method the number of replies to them.
 */
public final class RedisUpstream implements Upstream {
  private final WorkerSockets sockets;

  /** Connections among a worker's sockets. */
  public RedisUpstream(WorkerSockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public Connection connect(Peer peer, Duration timeout) {
    return new RedisConnection(PooledSocket.open(sockets, "redis", peer, timeout));
  }

  /** What Redis answers, as it has sent it. */
  public interface Replies extends Response {
    /** Whether more came than the replies that were waited for. */
    boolean extra();

    /** Whether what came were no replies. */
    boolean invalid();
  }
}
