package dev.banyan.server.shadow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: runs observations with bounded threads and a bounded queue. What doesn't fit is
 * shed; what fails, however it fails, is contained and counted. Submitting never waits, never
 * throws and, while there is traffic, wakes nobody: the threads look after the queue themselves,
 * every {@link #NAP}, and are woken before that only once the queue is half full. So a user's
 * request pays no system call for its shadowed calls, which mostly run once it is done.
 *
 * <p>The threads are of lower priority than all others of the process, and {@link GiveWay} between
 * two observations: where the processors don't suffice for both, users are served and observations
 * wait, then are shed. So no lock is shared with them on a request's way, the queue's included: who
 * holds one might not be running.
 */
public final class ShadowExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowExecutor.class);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  /** Candidates are plain code of moderate depth; recursion without end has to end soon. */
  private static final long STACK_BYTES = 512L * 1024;

  /** How long a thread that found nothing leaves the queue alone. */
  private static final Duration NAP = Duration.ofMillis(8);

  /** Naps in vain after which a thread sleeps until it is woken. */
  private static final int NAPS = 125;

  private final int room;
  private final int half;

  /** Far longer than anybody else's, so that whoever is woken goes before. */
  private static final Duration SLICE = Duration.ofMillis(20);

  private final int wantedNiceness;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger asleep = new AtomicInteger();
  private final LongAdder submitted = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicBoolean complained = new AtomicBoolean();
  private volatile int niceness;
  private volatile boolean closed;

  /** Starts its threads, at the process's own priority. */
  public ShadowExecutor(int threads, int queue) {
    this(threads, queue, 0);
  }

  /**
   * Starts its threads, which sleep until there is work.
   *
   * @param threads how many
   * @param queue the most observations that wait
   * @param niceness how much nicer than the process its threads are, from 0, which changes nothing,
   *     to 19; where the system doesn't know or refuses that, the log says so once and all else
   *     works
   */
  public ShadowExecutor(int threads, int queue, int niceness) {
    this.room = queue;
    this.half = queue / 2;
    this.wantedNiceness = niceness;
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
    int taken = closed ? 0 : takePlace();
    if (taken == 0) {
      shed.increment();
      return false;
    }
    unfinished.incrementAndGet();
    submitted.increment();
    queue.add(observation);
    if (asleep.get() > 0 || taken == half) {
      threads.forEach(LockSupport::unpark);
    }
    return true;
  }

  /** How many places are taken now; 0 when there was none left. */
  private int takePlace() {
    int taken = waiting.incrementAndGet();
    if (taken <= room) {
      return taken;
    }
    waiting.decrementAndGet();
    return 0;
  }

  /**
   * Asked before anything is noted for an observation: one that would find no room now is shed at
   * once, so that it costs the user's request no more than this look.
   *
   * @return whether there is room
   */
  public boolean admits() {
    if (!closed && waiting.get() < room) {
      return true;
    }
    shed.increment();
    return false;
  }

  /** Told, instead of {@link #admits}, of an observation that is not made since users wait. */
  public void spared() {
    shed.increment();
  }

  /**
   * Takes an observation that others go before: only while at most half of the queue is taken.
   *
   * @return whether it was taken
   */
  public boolean submitLast(Runnable observation) {
    if (waiting.get() > half) {
      shed.increment();
      return false;
    }
    return submit(observation);
  }

  private void work() {
    beNice();
    GiveWay others = new GiveWay(System::nanoTime);
    int naps = 0;
    while (!closed) {
      Runnable observation = queue.poll();
      if (observation != null) {
        naps = 0;
        waiting.decrementAndGet();
        contain(observation);
        others.giveWay();
      } else if (naps < NAPS) {
        naps++;
        LockSupport.parkNanos(this, NAP.toNanos());
      } else {
        sleep();
      }
    }
  }

  private void beNice() {
    if (wantedNiceness == 0) {
      return;
    }
    Optional<String> refusal = Niceness.add(wantedNiceness);
    if (refusal.isEmpty()) {
      niceness = wantedNiceness;
      Slice.ask(SLICE).ifPresent(why -> LOG.debug("the shadow has no slices of its own: {}", why));
    } else if (complained.compareAndSet(false, true)) {
      LOG.info(
          "the shadow's threads have the priority of all others: niceness {} is not to be had: {}",
          wantedNiceness,
          refusal.get());
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

  /** Observations that found no room, or that users would have waited for. */
  public long shedTotal() {
    return shed.sum();
  }

  /** Observations that ended with an exception or error. */
  public long failedTotal() {
    return failed.sum();
  }

  /** Observations that wait. */
  public int waiting() {
    return Math.min(room, waiting.get());
  }

  /** How much nicer than the process the threads are; 0 where they are like all others. */
  public int niceness() {
    return niceness;
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
