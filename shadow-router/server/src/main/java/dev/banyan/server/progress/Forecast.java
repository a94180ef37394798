package dev.banyan.server.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: when all modules will be at java, if it goes on as in the last weeks. It counts
 * modules, whatever their size: no more than a rule of three.
 *
 * @param day the day; null when there is none to tell
 * @param text in words, with what it rests on
 */
public record Forecast(@Nullable LocalDate day, String text) {
  /** How far back it looks. */
  public static final Duration WINDOW = Duration.ofDays(28);

  /** How much has to be remembered before it says anything. */
  public static final Duration LEAST = Duration.ofDays(14);

  private static final long FARTHEST = 3_650;

  /**
   * Looks at what is remembered.
   *
   * @param done modules that need no Lua now
   * @param all modules
   */
  static Forecast of(List<Stretch> past, long done, long all, Instant now) {
    if (done == all) {
      return new Forecast(null, "every module is at java");
    }
    Stretch first =
        past.stream().filter(one -> !one.at().isBefore(now.minus(WINDOW))).findFirst().orElse(null);
    Duration known = first == null ? Duration.ZERO : Duration.between(first.at(), now);
    if (first == null || known.compareTo(LEAST) < 0) {
      return new Forecast(
          null,
          "not enough history for a forecast: "
              + known.toDays()
              + " days are remembered, "
              + LEAST.toDays()
              + " are needed");
    }
    long gained = done - first.done();
    if (gained <= 0) {
      return new Forecast(
          null, "no forecast: no module has come to java in the last " + known.toDays() + " days");
    }
    long left = all - done;
    long days = Math.round((double) known.toDays() * left / gained);
    String rate = gained + " of " + all + " modules in the last " + known.toDays() + " days";
    if (days > FARTHEST) {
      return new Forecast(null, "no forecast: at the rate of " + rate + ", more than ten years");
    }
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(days);
    return new Forecast(
        day, "about " + day + ", if the " + left + " left go at the rate of " + rate);
  }
}
