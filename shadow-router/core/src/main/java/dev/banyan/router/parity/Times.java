package dev.banyan.router.parity;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times in the forms that headers and cookies have. */
final class Times {
  private static final int MAX_LENGTH = 64;
  private static final int NANO_DIGITS = 9;
  private static final int EPOCH_YEAR = 1970;

  /** As cookies have it, such as {@code Thu, 18-Nov-10 11:27:35 GMT}, and asctime. */
  private static final List<DateTimeFormatter> OLD =
      List.of(
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern("[EEEE][EEE], dd-MMM-[uuuu]")
              .optionalStart()
              .appendValueReduced(ChronoField.YEAR, 2, 2, EPOCH_YEAR)
              .optionalEnd()
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));

  private Times() {}

  /** Seconds since the epoch of a number, an HTTP date or an ISO 8601 time; null for others. */
  static @Nullable BigDecimal seconds(@Nullable Object value) {
    BigDecimal number = Numbers.of(value);
    if (number != null || !(value instanceof String text) || text.length() > MAX_LENGTH) {
      return number;
    }
    BigDecimal date = http(text);
    for (int i = 0; date == null && i < OLD.size(); i++) {
      date = old(OLD.get(i), text);
    }
    return date == null ? iso(text) : date;
  }

  private static @Nullable BigDecimal http(String text) {
    try {
      return BigDecimal.valueOf(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond());
    } catch (DateTimeException e) {
      return null; // some other form
    }
  }

  private static @Nullable BigDecimal old(DateTimeFormatter form, String text) {
    try {
      return BigDecimal.valueOf(LocalDateTime.parse(text, form).toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return null; // some other form
    }
  }

  private static @Nullable BigDecimal iso(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return BigDecimal.valueOf(time.toEpochSecond())
          .add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS));
    } catch (DateTimeException e) {
      return null; // no time at all
    }
  }
}
