package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.HttpTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Owned by one loop: the current time in the forms of nginx's logs and of Date, made once a second.
 */
final class LogTimes {
  private static final DateTimeFormatter ERROR =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xxxx", Locale.ENGLISH);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private static final DateTimeFormatter SYSLOG =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

  private final Clock clock;
  private long second = Long.MIN_VALUE;
  private String error = "";
  private String local = "";
  private String iso = "";
  private String http = "";
  private String syslog = "";

  LogTimes(Clock clock) {
    this.clock = clock;
  }

  /** Seconds since 1970, with milliseconds. */
  double seconds() {
    return clock.millis() / 1e3;
  }

  /** {@code 2026/11/24 10:00:00}. */
  String error() {
    refresh();
    return error;
  }

  /** {@code 24/Nov/2026:10:00:00 +0000}. */
  String local() {
    refresh();
    return local;
  }

  /** {@code 2026-11-24T10:00:00+00:00}. */
  String iso() {
    refresh();
    return iso;
  }

  /** {@code Tue, 24 Nov 2026 10:00:00 GMT}. */
  String http() {
    refresh();
    return http;
  }

  /** {@code Nov 24 10:00:00}. */
  String syslog() {
    refresh();
    return syslog;
  }

  private void refresh() {
    long now = clock.millis() / 1000;
    if (now != second) {
      second = now;
      ZonedDateTime time = Instant.ofEpochSecond(now).atZone(ZoneId.systemDefault());
      error = ERROR.format(time);
      local = LOCAL.format(time);
      iso = ISO.format(time);
      http = HttpTime.http(now);
      syslog = SYSLOG.format(time);
    }
  }
}
