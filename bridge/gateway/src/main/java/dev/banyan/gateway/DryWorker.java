package dev.banyan.gateway;

import dev.banyan.api.Line;
import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.AppendedFiles;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.process.Children;
import dev.banyan.lua.replay.OfflineWorker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For one dry run: a worker that does nothing. Lines, text for files and timers are taken and go
 * nowhere.
 */
final class DryWorker extends OfflineWorker {
  private final AppendedFiles files;

  /**
   * Stands for a worker.
   *
   * @param files the worker's own, which are asked whether they would take a text
   */
  DryWorker(Loop loop, String prefix, AppendedFiles files) {
    super(loop, Path.of(prefix));
    this.files = new Unwritten(files);
  }

  /** What would be written is not. */
  private record Unwritten(AppendedFiles real) implements AppendedFiles {
    @Override
    public boolean accepts(String path) {
      return real.accepts(path);
    }

    @Override
    public void append(String path, Line line) {
      // a dry run leaves no trace
    }
  }

  @Override
  public AppendedFiles files() {
    return files;
  }

  @Override
  public void log(int level, String message) {
    // a dry run leaves no trace
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
    throw new IllegalStateException("a dry run has no network");
  }

  @Override
  public DatagramSocket connectUdp(String host, int port) {
    throw new IllegalStateException("a dry run has no network");
  }

  @Override
  public Children children() {
    throw new IllegalStateException("a dry run starts no processes");
  }

  @Override
  public KeyMaterial keyMaterial() {
    throw new IllegalStateException("a dry run has no certificates");
  }
}
