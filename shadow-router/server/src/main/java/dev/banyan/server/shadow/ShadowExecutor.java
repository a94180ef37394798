package dev.banyan.server.shadow;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: runs observations with bounded threads and a bounded queue. What doesn't fit is
 * shed; what fails, however it fails, is contained and counted. Submitting never waits and never
 * throws, so the control can't be touched.
 */
public final class ShadowExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowExecutor.class);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  /** Candidates are plain code of moderate depth; recursion without end has to end soon. */
  private static final long STACK_BYTES = 512L * 1024;

  private final ThreadPoolExecutor pool;
  private final LongAdder submitted = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicInteger unfinished = new AtomicInteger();

  /** Starts with no thread running; they come with the work. */
  public ShadowExecutor(int threads, int queue) {
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queue),
            task -> {
              String name = "banyan-shadow-" + number.incrementAndGet();
              Thread thread = new Thread(null, task, name, STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Takes an observation, unless there is no room.
   *
   * @return whether it was taken
   */
  public boolean submit(Runnable observation) {
    unfinished.incrementAndGet();
    try {
      pool.execute(() -> contain(observation));
      submitted.increment();
      return true;
    } catch (RejectedExecutionException e) {
      unfinished.decrementAndGet();
      shed.increment();
      return false;
    }
  }

  /**
   * Takes an observation that others go before: only while at most half of the queue is taken.
   *
   * @return whether it was taken
   */
  public boolean submitLast(Runnable observation) {
    if (pool.getQueue().size() > pool.getQueue().remainingCapacity()) {
      shed.increment();
      return false;
    }
    return submit(observation);
  }

  private void contain(Runnable observation) {
    try {
      observation.run();
    } catch (Throwable t) { // whatever a candidate does, the process and this thread go on
      failed.increment();
      LOG.debug("an observation failed", t);
    } finally {
      unfinished.decrementAndGet();
    }
  }

  /** Observations taken so far. */
  public long submittedTotal() {
    return submitted.sum();
  }

  /** Observations that found no room. */
  public long shedTotal() {
    return shed.sum();
  }

  /** Observations that ended with an exception or error. */
  public long failedTotal() {
    return failed.sum();
  }

  /** Observations that wait. */
  public int waiting() {
    return pool.getQueue().size();
  }

  /** Whether all observations that were taken have ended. */
  public boolean idle() {
    return unfinished.get() == 0;
  }

  @Override
  public void close() {
    pool.shutdownNow();
    try {
      if (!pool.awaitTermination(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("an observation doesn't end; its thread is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
