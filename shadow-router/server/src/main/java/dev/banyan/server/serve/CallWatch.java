package dev.banyan.server.serve;

import dev.banyan.host.CallGuards;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** For any thread: looks for calls of ports that overrun while they still run, until closed. */
final class CallWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 25;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("banyan-call-watch").factory());

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  CallWatch(CallGuards guards) {
    timer.scheduleWithFixedDelay(guards::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
