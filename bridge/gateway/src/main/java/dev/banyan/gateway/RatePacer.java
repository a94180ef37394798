package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code limit_rate} and {@code limit_rate_after}. */
final class RatePacer {
  private final long rate;
  private final long after;
  private final Runnable flush;
  private final long start = System.nanoTime();
  private long sent;

  private RatePacer(long rate, long after, Runnable flush) {
    this.rate = rate;
    this.after = after;
    this.flush = flush;
  }

  static RatePacer of(Request r) {
    String own = r.limitRate();
    long rate = own != null ? Units.size(own).orElse(0) : bytes(r, r.location().core().limitRate());
    return new RatePacer(rate, bytes(r, r.location().core().limitRateAfter()), r.response()::flush);
  }

  private static long bytes(Request r, @Nullable Template size) {
    return size == null ? 0 : Units.size(size.evaluate(r)).orElse(0);
  }

  /** How much to send at once. */
  long piece(long usual) {
    return rate <= 0 ? usual : Math.clamp(Math.max(rate, after - sent), 1, usual);
  }

  /** Waits until as much as was sent may have been sent. */
  void sent(long bytes) {
    sent += bytes;
    if (rate > 0 && sent > after) {
      long due = (sent - after) * 1000 / rate;
      long passed = (System.nanoTime() - start) / 1_000_000;
      if (due > passed) {
        flush.run();
        Fiber.sleep(Duration.ofMillis(due - passed));
      }
    }
  }
}
