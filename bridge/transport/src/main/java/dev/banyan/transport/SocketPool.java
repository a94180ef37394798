package dev.banyan.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: idle connections of one name, as lua-nginx-module's cosocket pools keep them.
 *
 * <p>With a backlog the pool also bounds the connections that are out: once {@code size} are in
 * use, further connects wait for one to be given back or closed, at most {@code backlog} of them.
 */
public interface SocketPool {
  /**
   * Takes an idle connection or opens one to the address that {@code target} finds, which may park:
   * a connect that still looks up its address has its place in the pool already.
   *
   * @param local the address to connect from; null for the system's choice
   * @param timeout of waiting for a place, and of connecting
   * @throws TransportException {@code LIMIT} ("too many waiting connect operations") beyond the
   *     backlog, {@code TIMEOUT}, {@code CONNECT}
   */
  RawSocket connect(
      Supplier<? extends SocketAddress> target, @Nullable SocketAddress local, Duration timeout);

  /** The same from an address of the system's choice. */
  default RawSocket connect(Supplier<? extends SocketAddress> target, Duration timeout) {
    return connect(target, null, timeout);
  }

  /**
   * Puts a connection back for {@code idle} (zero for no limit); the one unused for longest goes
   * when the pool is full.
   *
   * @param size how many it keeps from now on, unless that was said before
   * @return null, or why it can't be kept: "connection in dubious state", "closed", "unread data in
   *     buffer"
   */
  @Nullable String keep(RawSocket socket, Duration idle, int size);

  /** The same for a pool whose size is known. */
  default @Nullable String keep(RawSocket socket, Duration idle) {
    return keep(socket, idle, 1);
  }

  /** How many idle connections it keeps; 0 as long as nobody has said it. */
  int size();
}
