package dev.banyan.gateway;

import dev.banyan.nginx.Upstream;
import java.net.SocketAddress;

/** Owned by its group, under its lock where it has one: an address and how it has fared. */
final class Peer {
  final SocketAddress address;

  /** The address as logs and {@code $upstream_addr} show it. */
  final String text;

  final Upstream.Server server;
  final int weight;
  int currentWeight;
  int effectiveWeight;
  int fails;

  /** Whether it is left out until somebody says otherwise. */
  boolean down;

  int connections;
  long accessed;
  long checked;

  Peer(SocketAddress address, Upstream.Server server) {
    this.address = address;
    this.server = server;
    this.text = Addresses.text(address);
    this.weight = server.weight();
    this.effectiveWeight = server.weight();
    this.down = server.down();
  }

  /** Whether it may be tried at {@code now} (milliseconds). */
  boolean available(long now) {
    boolean out =
        server.maxFails() > 0
            && fails >= server.maxFails()
            && now - checked <= server.failTimeout().toMillis();
    boolean full = server.maxConns() > 0 && connections >= server.maxConns();
    return !down && !out && !full;
  }

  /** It was chosen; where it was the only one its state has not been looked at. */
  void chosen(boolean only, long now) {
    connections++;
    if (!only && now - checked > server.failTimeout().toMillis()) {
      checked = now;
    }
  }

  /** Its try ended well. */
  void succeeded() {
    connections--;
    if (accessed < checked) {
      fails = 0;
    }
  }

  /** Its try failed; answers whether it is out for a while now. */
  boolean failed(long now) {
    connections--;
    fails++;
    accessed = now;
    checked = now;
    if (server.maxFails() > 0) {
      effectiveWeight = Math.max(0, effectiveWeight - weight / server.maxFails());
    }
    return server.maxFails() > 0 && fails >= server.maxFails();
  }
}
