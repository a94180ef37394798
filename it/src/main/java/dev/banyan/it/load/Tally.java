package dev.banyan.it.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Owned by one load's event loop: what came of the requests that it has begun. */
final class Tally {
  private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int FIRST_ERROR = 400;

  private final Histogram micros = new Histogram(MOST_MICROS, 3);
  private final Histogram late = new Histogram(MOST_MICROS, 3);
  private long answered;
  private long lost;
  private long refused;

  /**
   * What came of a run.
   *
   * @param requests that were answered
   * @param unmeasured that were answered before, and of which nothing else is told but their errors
   * @param errors answers of 400 and above, and those that did not come
   * @param micros times to an answer, in microseconds
   * @param late how many microseconds after their time had come requests were written
   */
  record Result(long requests, long unmeasured, long errors, Histogram micros, Histogram late) {
    /** The same after others that are not measured. */
    Result after(Result lead) {
      return new Result(requests, lead.requests, errors + lead.errors, micros, late);
    }
  }

  /**
   * A request is written now.
   *
   * @param wanted when it should have been, by {@link System#nanoTime}
   */
  void begun(long wanted) {
    record(late, wanted);
  }

  private static void record(Histogram to, long since) {
    long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since);
    to.recordValue(Math.clamp(took, 0, MOST_MICROS));
  }

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
    record(micros, wanted);
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
    return new Result(answered, 0, refused + missing, micros, late);
  }
}
