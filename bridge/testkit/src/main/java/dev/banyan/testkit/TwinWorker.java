package dev.banyan.testkit;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.AppendedFiles;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.WorkerHost;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: a worker without a network and without timers. */
final class TwinWorker implements WorkerHost {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MOST_LINES = 1_000;

  private final Loop loop;
  private final Path prefix;
  private final List<String> log = new ArrayList<>();

  TwinWorker(Loop loop, Path prefix) {
    this.loop = loop;
    this.prefix = prefix;
  }

  List<String> log() {
    return log;
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
  public AppendedFiles files() {
    return new TwinFiles(prefix);
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
    if (log.size() < MOST_LINES) {
      log.add(level + " " + message);
    }
  }

  @Override
  public int logLevel() {
    return 8;
  }

  @Override
  public void timer(Duration delay, TimerTask task) {
    throw new NgxFailure("no timers in a test of a port");
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
    throw new NgxFailure("connection refused");
  }

  @Override
  public DatagramSocket connectUdp(String host, int port) {
    throw new NgxFailure("connection refused");
  }

  @Override
  public SocketDefaults socketDefaults(@Nullable RequestHost request) {
    return new SocketDefaults(TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, 1);
  }

  @Override
  public KeyMaterial keyMaterial() {
    throw new NgxFailure("no certificates in a test of a port");
  }
}
