package dev.banyan.router.parity;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times in the forms that headers and cookies have. */
final class Times {
  private static final int MAX_LENGTH = 64;
  private static final double NANOS = 1e-9;

  private Times() {}

  /** Seconds since the epoch of a number, an HTTP date or an ISO 8601 time; null for others. */
  static @Nullable Double seconds(@Nullable Object value) {
    Double number = Numbers.of(value);
    if (number != null || !(value instanceof String text) || text.length() > MAX_LENGTH) {
      return number;
    }
    Double date = http(text);
    return date == null ? iso(text) : date;
  }

  private static @Nullable Double http(String text) {
    try {
      return (double)
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond();
    } catch (DateTimeException e) {
      return null; // some other form
    }
  }

  private static @Nullable Double iso(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.toEpochSecond() + time.getNano() * NANOS;
    } catch (DateTimeException e) {
      return null; // no time at all
    }
  }
}
