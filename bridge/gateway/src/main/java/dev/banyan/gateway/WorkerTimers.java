package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.WorkerHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its worker's loop: the timers of {@code ngx.timer}, bounded as the configuration says.
 */
final class WorkerTimers {
  private final GatewayWorker worker;
  private final NavigableSet<Waiting> waiting = new TreeSet<>();
  private long made;
  private int running;

  /** A timer; those that are due at once come in the order in which they were due, as in nginx. */
  private static final class Waiting implements Comparable<Waiting> {
    final long due;
    final long number;
    final WorkerHost.TimerTask task;
    final TimerRequest.Origin origin;
    Loop.@Nullable Timer handle;

    Waiting(long due, long number, WorkerHost.TimerTask task, TimerRequest.Origin origin) {
      this.due = due;
      this.number = number;
      this.task = task;
      this.origin = origin;
    }

    void cancel() {
      if (handle != null) {
        handle.cancel();
      }
    }

    @Override
    public int compareTo(Waiting other) {
      int byTime = Long.signum(due - other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  WorkerTimers(GatewayWorker worker) {
    this.worker = worker;
  }

  int waiting() {
    return waiting.size();
  }

  int running() {
    return running;
  }

  /** Why no timer of this delay can be added now, or null. */
  @Nullable String refusal(Duration delay) {
    if (worker.exiting() && delay.isPositive()) {
      return "process exiting";
    }
    return waiting.size() >= worker.service().http().lua().maxPendingTimers()
        ? "too many pending timers"
        : null;
  }

  void add(Duration delay, WorkerHost.TimerTask task) {
    String refusal = refusal(delay);
    if (refusal != null) {
      throw new NgxFailure(refusal);
    }
    Waiting timer =
        new Waiting(System.nanoTime() + delay.toNanos(), made++, task, TimerRequest.origin(worker));
    waiting.add(timer);
    timer.handle = worker.loop().schedule(() -> expire(timer.due), delay);
  }

  /** Runs what is due, a timer of {@code due} at the latest. */
  private void expire(long due) {
    long now = System.nanoTime();
    long last = now - due < 0 ? due : now;
    while (!waiting.isEmpty() && waiting.first().due - last <= 0) {
      Waiting timer = waiting.removeFirst();
      timer.cancel();
      run(timer.task, timer.origin, false); // what an ending worker still takes is due at once
    }
  }

  private void run(WorkerHost.TimerTask task, TimerRequest.Origin origin, boolean premature) {
    int most = worker.service().http().lua().maxRunningTimers();
    if (running >= most) {
      worker.log(
          ErrorLog.ALERT,
          "lua failed to run timer with function defined at "
              + task.definedAt()
              + ": "
              + most
              + " lua_max_running_timers are not enough",
          "");
      return;
    }
    running++;
    Fiber.start(
        worker.loop(),
        "timer",
        () -> {
          try {
            TimerRequest request = new TimerRequest(worker, origin);
            Fiber.current().attach(request);
            task.run(premature, request);
          } finally {
            running--;
          }
        });
  }

  /** Runs what waits, told that it is early: the worker ends. */
  void expireAll() {
    List<Waiting> all = new ArrayList<>(waiting);
    waiting.clear();
    for (Waiting one : all) {
      one.cancel();
      run(one.task, one.origin, true);
    }
  }
}
