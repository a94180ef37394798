package dev.banyan.transport;

import dev.banyan.fiber.Loop;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One Netty event loop as the {@link Loop} of a worker. */
public final class WorkerLoop implements Loop {
  private final IoEventLoop eventLoop;
  private final int index;

  WorkerLoop(IoEventLoop eventLoop, int index) {
    this.eventLoop = eventLoop;
    this.index = index;
  }

  /** Number of this worker, from 0. */
  public int index() {
    return index;
  }

  IoEventLoop eventLoop() {
    return eventLoop;
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    ScheduledFuture<?> future =
        eventLoop.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public String toString() {
    return "worker " + index;
  }
}
