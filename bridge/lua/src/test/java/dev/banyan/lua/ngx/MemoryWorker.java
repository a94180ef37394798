package dev.banyan.lua.ngx;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.process.Children;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker that lives in memory: its log is a list, its network refuses. */
final class MemoryWorker implements WorkerHost {
  private final Loop loop;
  private final Children children;
  final List<String> log = new ArrayList<>();
  int level = 8;
  private int pending;
  private int running;

  MemoryWorker(Loop loop) {
    this.loop = loop;
    this.children = new Children(loop, why -> log(4, why));
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
    return 4711;
  }

  @Override
  public boolean exiting() {
    return false;
  }

  @Override
  public Children children() {
    return children;
  }

  @Override
  public String prefix() {
    return "/srv/edge/";
  }

  @Override
  public void log(int logged, String message) {
    log.add(logged + " " + message);
  }

  @Override
  public int logLevel() {
    return level;
  }

  @Override
  public void timer(Duration delay, TimerTask task) {
    pending++;
    loop.schedule(
        () -> {
          pending--;
          Fiber.start(
              loop,
              "timer",
              () -> {
                running++;
                try {
                  task.run(false, new MemoryRequest(this, dev.banyan.api.Phase.TIMER));
                } finally {
                  running--;
                }
              });
        },
        delay);
  }

  @Override
  public @Nullable String timerRefusal(Duration delay) {
    return null;
  }

  @Override
  public int pendingTimers() {
    return pending;
  }

  @Override
  public int runningTimers() {
    return running;
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
    throw new NgxFailure("no keys");
  }

  @Override
  public SocketDefaults socketDefaults(@Nullable RequestHost request) {
    Duration minute = Duration.ofSeconds(60);
    return new SocketDefaults(minute, minute, minute, minute, 30);
  }
}
