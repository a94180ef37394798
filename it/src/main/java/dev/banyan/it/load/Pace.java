package dev.banyan.it.load;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Owned by one load's event loop: when the requests of a rate are due, whatever comes back. Those
 * of the {@link #LEAD_SECONDS} before the measured ones are asked like all others and not measured:
 * connections are new then, and a server that slept meanwhile finds its caches cold.
 */
final class Pace {
  /** How long a server is asked before what comes of it counts. */
  static final int LEAD_SECONDS = 1;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int rate;
  private final long unmeasured;
  private final long total;
  private final Tally lead = new Tally();
  private final Tally tally = new Tally();
  private long start;

  /** So many requests a second for so many seconds, and those before. */
  Pace(int rate, int seconds) {
    this.rate = rate;
    this.unmeasured = (long) rate * LEAD_SECONDS;
    this.total = (long) rate * seconds + unmeasured;
  }

  /**
   * Says on this loop how many requests are due: now, and whenever another one is, until all are.
   *
   * @param send must not wait
   */
  void follow(EventLoop loop, LongConsumer send) {
    begin();
    tick(loop, send);
  }

  private void tick(EventLoop loop, LongConsumer send) {
    long due = due();
    send.accept(due);
    if (!isAll(due)) {
      loop.schedule(() -> tick(loop, send), due(due) - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /** The first request is due now. */
  void begin() {
    start = System.nanoTime();
  }

  /** Requests that are due by now; they are numbered from 0. */
  long due() {
    return Math.min(total, (System.nanoTime() - start) * rate / SECOND + 1);
  }

  /** When a request is due, by {@link System#nanoTime}. */
  long due(long number) {
    return start + (number * SECOND + rate - 1) / rate;
  }

  private boolean isAll(long requests) {
    return requests == total;
  }

  /** Where it counts what comes of a request. */
  Tally tally(long number) {
    return number < unmeasured ? lead : tally;
  }

  /** Whether the end of all requests is known. */
  boolean settled() {
    return isAll(lead.settled() + tally.settled());
  }

  /** What came of them. */
  Tally.Result result() {
    return tally.of(total - unmeasured).after(lead.of(unmeasured));
  }
}
