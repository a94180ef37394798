package dev.banyan.transport;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: connections to memcached, kept as HTTP's are, a request being a command. */
public final class MemcachedUpstream implements Upstream {
  private final WorkerSockets sockets;

  /** Connections among a worker's sockets. */
  public MemcachedUpstream(WorkerSockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public Connection connect(Peer peer, Duration timeout) {
    return new MemcachedConnection(PooledSocket.open(sockets, "memcached", peer, timeout));
  }

  /** A value that was asked for, or that there is none. */
  public interface Value extends Response {
    /** The flags it was stored with; null when they are no number. */
    @Nullable Long flags();

    /** The flags as they were sent. */
    String flagsText();

    /** Whether what followed it was not the end that the protocol wants. */
    boolean badlyEnded();
  }

  /** The command for a key. */
  static List<byte[]> command(byte[] key) {
    return List.of(new byte[] {'g', 'e', 't', ' '}, key, new byte[] {'\r', '\n'});
  }
}
