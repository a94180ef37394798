package dev.banyan.lua.replay;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its loop: a worker whose network is a recording. Timers are taken and never run: what
 * they do is no part of the call that starts them.
 */
final class ReplayWorker extends OfflineWorker {
  private final ReplaySockets sockets;

  ReplayWorker(Loop loop, Path prefix, ReplaySockets sockets) {
    super(loop, prefix);
    this.sockets = sockets;
  }

  @Override
  public void log(int level, String message) {
    // what Lua writes to the error log is no part of an answer
  }

  @Override
  public StreamSocket connectTcp(
      String host,
      int port,
      @Nullable InetAddress local,
      String pool,
      int poolSize,
      int backlog,
      Duration timeout) {
    return sockets.stream(host, port);
  }

  @Override
  public DatagramSocket connectUdp(String host, int port) {
    return sockets.datagrams(host, port);
  }

  @Override
  public List<String> resolve(String name) {
    return sockets.resolve(name);
  }

  @Override
  public KeyMaterial keyMaterial() {
    throw new NgxFailure("no certificates in a replay");
  }
}
