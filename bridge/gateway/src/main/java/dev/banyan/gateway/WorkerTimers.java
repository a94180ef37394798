package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.WorkerHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its worker's loop: the timers of {@code ngx.timer}, bounded as the configuration says.
 */
final class WorkerTimers {
  private final GatewayWorker worker;
  private final Map<Object, Waiting> waiting = new LinkedHashMap<>();
  private int running;

  private record Waiting(Loop.Timer handle, WorkerHost.TimerTask task, String origin) {}

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
    if (worker.exiting() && !delay.isZero()) {
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
    Object key = new Object();
    String origin = TimerRequest.origin();
    Loop.Timer handle =
        worker
            .loop()
            .schedule(
                () -> {
                  waiting.remove(key);
                  run(task, origin, worker.exiting());
                },
                delay);
    waiting.put(key, new Waiting(handle, task, origin));
  }

  private void run(WorkerHost.TimerTask task, String origin, boolean premature) {
    int most = worker.service().http().lua().maxRunningTimers();
    if (running >= most) {
      worker.log(
          ErrorLog.ALERT, most + " lua_max_running_timers are not enough", ", context: ngx.timer");
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
    List<Waiting> all = new ArrayList<>(waiting.values());
    waiting.clear();
    for (Waiting one : all) {
      one.handle().cancel();
      run(one.task(), one.origin(), true);
    }
  }
}
