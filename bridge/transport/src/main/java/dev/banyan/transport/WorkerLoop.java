package dev.banyan.transport;

import dev.banyan.fiber.Loop;
import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One Netty event loop as the {@link Loop} of a worker. */
public final class WorkerLoop implements Loop {
  private final IoEventLoop eventLoop;
  private final int index;
  private final WatchedIo.Watched io;
  private final IoMethod method;
  private final UnixDatagrams unixDatagrams;
  private final Outgoing outgoing;
  private final ClientContexts clientContexts = new ClientContexts();

  WorkerLoop(
      IoEventLoop eventLoop,
      int index,
      WatchedIo.Watched io,
      IoMethod method,
      UnixDatagrams unixDatagrams) {
    this.eventLoop = eventLoop;
    this.index = index;
    this.io = io;
    this.method = method;
    this.unixDatagrams = unixDatagrams;
    this.outgoing = new Outgoing(eventLoop);
  }

  /** Number of this worker, from 0. */
  public int index() {
    return index;
  }

  /**
   * A request begins, on this loop.
   *
   * @return the most that it can have waited for the loop, in nanoseconds; 0 when that is no longer
   *     than a few requests take here
   */
  public long begins() {
    return io.backlog().begins(System.nanoTime());
  }

  IoEventLoop eventLoop() {
    return eventLoop;
  }

  /**
   * What was flushed on this loop is on its way when this returns: where the loop gathers a turn's
   * sends, the fiber parks until the next turn. For whoever then works on without giving the loop
   * away, such as Lua after the end of an answer.
   */
  public void awaitSubmitted() {
    io.submissions().await();
  }

  /** Has what happens on a channel of this loop happen in the order of epoll. */
  void guard(Channel channel) {
    io.submissions().guard(channel);
  }

  /** How it waits for its sockets. */
  IoMethod method() {
    return method;
  }

  /** Who has Unix datagrams read for it. */
  UnixDatagrams unixDatagrams() {
    return unixDatagrams;
  }

  /** TLS towards servers. */
  ClientContexts clientContexts() {
    return clientContexts;
  }

  /** What goes out at the end of this turn. */
  Outgoing outgoing() {
    return outgoing;
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What sockets had ready when the time was over comes first, as in nginx, which expires its
   * timers after the events of a poll: a loop that is late must not take its peers for late.
   */
  @Override
  public Timer schedule(Runnable task, Duration delay) {
    return new LateTask(task, Math.max(0, delay.toNanos()));
  }

  /** Due once, it lets the loop poll its sockets before it runs. */
  private final class LateTask implements Runnable, Timer {
    private final Runnable task;
    private ScheduledFuture<?> future;
    private boolean due;

    LateTask(Runnable task, long nanos) {
      this.task = task;
      this.future = eventLoop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
      if (due) {
        task.run();
      } else {
        due = true;
        future = eventLoop.schedule(this, 0, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void cancel() {
      future.cancel(false);
    }
  }

  @Override
  public String toString() {
    return "worker " + index;
  }
}
