package dev.banyan.lua.replay;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.WorkerHost;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: the one worker of a process that serves nobody; no timer of it waits. */
public abstract class OfflineWorker implements WorkerHost {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Loop loop;
  private final Path prefix;

  /** A worker on this loop, with the legacy's files at this prefix. */
  protected OfflineWorker(Loop loop, Path prefix) {
    this.loop = loop;
    this.prefix = prefix;
  }

  @Override
  public final Loop loop() {
    return loop;
  }

  @Override
  public final int id() {
    return 0;
  }

  @Override
  public final int count() {
    return 1;
  }

  @Override
  public final long pid() {
    return 1;
  }

  @Override
  public final boolean exiting() {
    return false;
  }

  @Override
  public final String prefix() {
    return prefix + "/";
  }

  @Override
  public final int logLevel() {
    return 8;
  }

  /** Taken, and never run: what counts is when it would have been due. */
  @Override
  public final void timer(Duration delay, TimerTask task) {
    // nothing runs outside of the call that is looked at
  }

  @Override
  public final @Nullable String timerRefusal(Duration delay) {
    return null;
  }

  @Override
  public final int pendingTimers() {
    return 0;
  }

  @Override
  public final int runningTimers() {
    return 0;
  }

  @Override
  public final SocketDefaults socketDefaults(@Nullable RequestHost request) {
    return new SocketDefaults(TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, 1);
  }
}
