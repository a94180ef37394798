package dev.banyan.server.serve;

import dev.banyan.host.CallGuards;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: looks for calls of ports that overrun while they still run, until closed. When it
 * was itself kept from looking, the whole process stood, and the calls are given another moment.
 */
final class CallWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(25);
  private static final Duration STOOD = PERIOD.multipliedBy(3);

  private final CallGuards guards;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("banyan-call-watch").factory());
  private long due = System.nanoTime();

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  CallWatch(CallGuards guards) {
    this.guards = guards;
    timer.scheduleWithFixedDelay(
        this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    boolean stood = System.nanoTime() - due > STOOD.toNanos();
    try {
      if (!stood) {
        guards.look();
      }
    } catch (RuntimeException e) { // it has to look again
      LOG.error("looking for calls that overrun failed", e);
    }
    due = System.nanoTime() + PERIOD.toNanos();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
