package dev.banyan.server.shadow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: runs observations with bounded threads and a bounded queue. What doesn't fit is
 * shed; what fails, however it fails, is contained and counted. Submitting never waits, never
 * throws and, while there is traffic, wakes nobody: the threads look after the queue themselves,
 * every {@link #NAP}. So a user's request pays no system call for its shadowed calls, which mostly
 * run once it is done.
 */
public final class ShadowExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowExecutor.class);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  /** Candidates are plain code of moderate depth; recursion without end has to end soon. */
  private static final long STACK_BYTES = 512L * 1024;

  /** How long a thread that found nothing leaves the queue alone. */
  private static final Duration NAP = Duration.ofMillis(2);

  /** Naps in vain after which a thread sleeps until it is woken. */
  private static final int NAPS = 500;

  private final ArrayBlockingQueue<Runnable> queue;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger asleep = new AtomicInteger();
  private final LongAdder submitted = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile boolean closed;

  /** Starts its threads, which sleep until there is work. */
  public ShadowExecutor(int threads, int queue) {
    this.queue = new ArrayBlockingQueue<>(queue);
    for (int i = 1; i <= threads; i++) {
      Thread thread = new Thread(null, this::work, "banyan-shadow-" + i, STACK_BYTES);
      thread.setDaemon(true);
      this.threads.add(thread);
    }
    this.threads.forEach(Thread::start);
  }

  /**
   * Takes an observation, unless there is no room.
   *
   * @return whether it was taken
   */
  public boolean submit(Runnable observation) {
    unfinished.incrementAndGet();
    if (closed || !queue.offer(observation)) {
      unfinished.decrementAndGet();
      shed.increment();
      return false;
    }
    submitted.increment();
    if (asleep.get() > 0) {
      threads.forEach(LockSupport::unpark);
    }
    return true;
  }

  /**
   * Takes an observation that others go before: only while at most half of the queue is taken.
   *
   * @return whether it was taken
   */
  public boolean submitLast(Runnable observation) {
    if (queue.size() > queue.remainingCapacity()) {
      shed.increment();
      return false;
    }
    return submit(observation);
  }

  private void work() {
    int naps = 0;
    while (!closed) {
      Runnable observation = queue.poll();
      if (observation != null) {
        naps = 0;
        contain(observation);
      } else if (naps < NAPS) {
        naps++;
        LockSupport.parkNanos(this, NAP.toNanos());
      } else {
        sleep();
      }
    }
  }

  /** Whoever submits after the look at the queue sees that somebody sleeps. */
  private void sleep() {
    asleep.incrementAndGet();
    if (queue.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep.decrementAndGet();
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
    return queue.size();
  }

  /** Observations that wait or run; none once all that were taken have ended. */
  public int unfinished() {
    return unfinished.get();
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    long end = System.nanoTime() + CLOSE_GRACE.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        if (thread.isAlive()) {
          LOG.warn("an observation doesn't end; its thread is left behind");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
