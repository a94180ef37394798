package dev.banyan.lua.replay;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.WorkerHost;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its loop: a worker whose network is a recording. Timers are taken and never run: what
 * they do is no part of the call that starts them.
 */
final class ReplayWorker implements WorkerHost {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Loop loop;
  private final Path prefix;
  private final ReplaySockets sockets;

  ReplayWorker(Loop loop, Path prefix, ReplaySockets sockets) {
    this.loop = loop;
    this.prefix = prefix;
    this.sockets = sockets;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public int id() {
    return 0;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public long pid() {
    return 1;
  }

  @Override
  public boolean exiting() {
    return false;
  }

  @Override
  public String prefix() {
    return prefix + "/";
  }

  @Override
  public void log(int level, String message) {
    // what Lua writes to the error log is no part of an answer
  }

  @Override
  public int logLevel() {
    return 8;
  }

  @Override
  public void timer(Duration delay, TimerTask task) {
    // taken, as the type says
  }

  @Override
  public int pendingTimers() {
    return 0;
  }

  @Override
  public int runningTimers() {
    return 0;
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
  public SocketDefaults socketDefaults(@Nullable RequestHost request) {
    return new SocketDefaults(TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, 1);
  }

  @Override
  public KeyMaterial keyMaterial() {
    throw new NgxFailure("no certificates in a replay");
  }
}
