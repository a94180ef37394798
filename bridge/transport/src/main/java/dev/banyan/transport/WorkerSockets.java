package dev.banyan.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: the outgoing sockets of its worker. */
public final class WorkerSockets implements Sockets {
  private final WorkerLoop loop;
  private final Map<String, NamedPool> pools = new HashMap<>();

  /** Creates the sockets of a worker. */
  public WorkerSockets(WorkerLoop loop) {
    this.loop = loop;
  }

  @Override
  public RawSocket connect(SocketAddress address, Duration timeout) {
    return open(address, null, timeout);
  }

  RawChannel open(SocketAddress address, @Nullable SocketAddress local, Duration timeout) {
    RawHandler handler = new RawHandler();
    Connects.open(loop, address, local, handler, timeout);
    return handler.socket();
  }

  @Override
  public SocketPool pool(String name, int size, int backlog) {
    NamedPool pool = pools.computeIfAbsent(name, _ -> new NamedPool(this, name));
    pool.bound(size, backlog);
    return pool;
  }

  @Override
  public @Nullable SocketPool existingPool(String name) {
    return pools.get(name);
  }

  /** A pool is empty: its name may mean another size from now on. */
  void forget(NamedPool pool) {
    pools.remove(pool.name(), pool);
  }

  @Override
  public UdpSocket udp(SocketAddress address) {
    return PeerDatagrams.open(loop, address);
  }

  @Override
  public void closeIdle() {
    new ArrayList<>(pools.values()).forEach(NamedPool::closeIdle);
  }

  WorkerLoop loop() {
    return loop;
  }
}
