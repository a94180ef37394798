package dev.banyan.gateway;

import dev.banyan.lua.lib.DateFormat;
import dev.banyan.nginx.script.BuiltinVariable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/** {@code $date_local} and {@code $date_gmt}, in the form that the page has chosen. */
final class SsiDates {
  private SsiDates() {}

  /** Whether a variable of this name is a date. */
  static boolean named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(BuiltinVariable.DATE_GMT.text())
        || lower.equals(BuiltinVariable.DATE_LOCAL.text());
  }

  static String value(Request r, BuiltinVariable which) {
    SsiState own = r.ssiOrNull();
    String format = own == null ? SsiState.TIME_FORMAT : own.timeFormat();
    long second = r.worker().nowMillis() / 1000;
    if (format.equals("%s")) {
      return Long.toString(second);
    }
    Instant now = Instant.ofEpochSecond(second);
    boolean gmt = which == BuiltinVariable.DATE_GMT;
    ZonedDateTime time = now.atZone(gmt ? ZoneOffset.UTC : ZoneId.systemDefault());
    return DateFormat.text(format, time);
  }
}
