package dev.banyan.testkit;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.AppendedFiles;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.replay.OfflineWorker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: a worker without a network and without timers. */
final class TwinWorker extends OfflineWorker {
  private static final int MOST_LINES = 1_000;

  private final AppendedFiles files;
  private final List<String> log = new ArrayList<>();

  TwinWorker(Loop loop, Path prefix) {
    super(loop, prefix);
    files = new TwinFiles(prefix);
  }

  List<String> log() {
    return log;
  }

  @Override
  public AppendedFiles files() {
    return files;
  }

  @Override
  public void log(int level, String message) {
    if (log.size() < MOST_LINES) {
      log.add(level + " " + message);
    }
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
  public KeyMaterial keyMaterial() {
    throw new NgxFailure("no certificates in a test of a port");
  }
}
