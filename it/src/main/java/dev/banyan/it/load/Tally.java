package dev.banyan.it.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Owned by one load's event loop: what came of the requests that it has begun. */
final class Tally {
  private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int FIRST_ERROR = 400;

  private final Histogram micros = new Histogram(MOST_MICROS, 3);
  private long answered;
  private long lost;
  private long refused;

  /** What came of a run. */
  record Result(long requests, long errors, long p50, long p99, long p999) {}

  /** The head of an answer came. */
  void head(int status) {
    refused += status >= FIRST_ERROR ? 1 : 0;
  }

  /**
   * The end of an answer came.
   *
   * @param wanted when its request should have begun, by {@link System#nanoTime}
   */
  void answered(long wanted) {
    long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - wanted);
    micros.recordValue(Math.clamp(took, 0, MOST_MICROS));
    answered++;
  }

  /** No answer will come. */
  void lost() {
    lost++;
  }

  /** Requests of which the end is known. */
  long settled() {
    return answered + lost;
  }

  /** What came of a run that was to make so many requests. */
  Result of(long wanted) {
    return result(wanted - answered);
  }

  /** What came of a run that made as many as it could. */
  Result ofAll() {
    return result(lost);
  }

  private Result result(long missing) {
    return new Result(
        answered,
        refused + missing,
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9));
  }
}
