package dev.banyan.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its connection's loop: a socket to an origin of another protocol than HTTP, and the pool
 * that it came from.
 *
 * @param pool null for a connection of one request
 */
record PooledSocket(RawSocket socket, @Nullable SocketPool pool, Duration keepTime) {
  /**
   * Takes an idle one or opens one.
   *
   * @param protocol what is spoken on it, which no other shares a pool with
   */
  static PooledSocket open(
      WorkerSockets sockets, String protocol, Upstream.Peer peer, Duration timeout) {
    if (peer.pool() == null || peer.keepIdle() <= 0) {
      RawSocket socket = sockets.open(peer.address(), peer.local(), timeout);
      return new PooledSocket(secured(socket, peer, timeout), null, peer.keepTime());
    }
    String name = protocol + " " + peer.pool() + " " + peer.address();
    SocketPool pool = sockets.pool(name, peer.keepIdle(), -1);
    RawSocket socket = pool.connect(peer::address, peer.local(), timeout);
    return new PooledSocket(secured(socket, peer, timeout), pool, peer.keepTime());
  }

  private static RawSocket secured(RawSocket socket, Upstream.Peer peer, Duration timeout) {
    RawSocket.TlsClient tls = peer.tls();
    if (tls != null) {
      try {
        socket.handshake(tls, timeout);
      } catch (TransportException e) {
        socket.close();
        throw e;
      }
    }
    return socket;
  }

  boolean reused() {
    return socket.reusedTimes() > 0;
  }

  /** Its request is through: the connection may be used again. */
  void rest() {
    if (pool == null || pool.keep(socket, keepTime) != null) {
      socket.close();
    }
  }
}
