package dev.banyan.lua.ngx.text;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;

/** The dates of HTTP headers and cookies as nginx writes and reads them. */
public final class HttpTime {
  /** The last second of the year 9999, the largest that is written. */
  private static final long LATEST = 253_402_300_799L;

  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private HttpTime() {}

  /** {@code Thu, 18 Nov 2010 11:27:35 GMT}. */
  public static String http(long seconds) {
    LocalDateTime time = at(seconds);
    return day(time)
        + ", "
        + two(time.getDayOfMonth())
        + " "
        + month(time)
        + " "
        + time.getYear()
        + " "
        + clock(time)
        + " GMT";
  }

  /** {@code Thu, 18-Nov-10 11:27:35 GMT}; from 2038 on with the whole year. */
  public static String cookie(long seconds) {
    LocalDateTime time = at(seconds);
    String year =
        time.getYear() > 2037 ? String.valueOf(time.getYear()) : two(time.getYear() % 100);
    return day(time)
        + ", "
        + two(time.getDayOfMonth())
        + "-"
        + month(time)
        + "-"
        + year
        + " "
        + clock(time)
        + " GMT";
  }

  /** {@code 2010-11-18}. */
  public static String date(LocalDateTime time) {
    return time.getYear() + "-" + two(time.getMonthValue()) + "-" + two(time.getDayOfMonth());
  }

  /** {@code 2010-11-18 11:27:35}. */
  public static String dateAndTime(LocalDateTime time) {
    return date(time) + " " + clock(time);
  }

  private static LocalDateTime at(long seconds) {
    return LocalDateTime.ofEpochSecond(Math.clamp(seconds, 0, LATEST), 0, ZoneOffset.UTC);
  }

  private static String day(LocalDateTime time) {
    return DAYS.get(time.getDayOfWeek().getValue() - 1);
  }

  private static String month(LocalDateTime time) {
    return MONTHS.get(time.getMonthValue() - 1);
  }

  private static String clock(LocalDateTime time) {
    return two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond());
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }

  /** Reads a date of RFC 1123, RFC 850 or C's asctime; empty for anything else. */
  public static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(new Scanner(text).seconds());
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
  }

  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    long seconds() {
      while (text.charAt(at) != ',' && text.charAt(at) != ' ') {
        at++;
      }
      boolean asctime = text.charAt(at) == ' ';
      at++;
      skipSpaces();
      return asctime ? asctime() : dayFirst();
    }

    private long dayFirst() {
      int day = number(2);
      char separator = next();
      check(separator == ' ' || separator == '-');
      int month = month();
      check(next() == separator);
      int year;
      if (separator == ' ') {
        year = number(4);
      } else {
        int two = number(2);
        year = two < 70 ? 2000 + two : 1900 + two;
      }
      check(next() == ' ');
      return at(year, month, day);
    }

    private long asctime() {
      int month = month();
      check(next() == ' ');
      int day = text.charAt(at) == ' ' ? singleDigit() : number(2);
      check(next() == ' ');
      int timeAt = at;
      at += 9;
      int year = number(4);
      at = timeAt;
      return at(year, month, day);
    }

    private int singleDigit() {
      at++;
      return number(1);
    }

    private long at(int year, int month, int day) {
      int hour = number(2);
      check(next() == ':');
      int minute = number(2);
      check(next() == ':');
      return LocalDateTime.of(year, month, day, hour, minute, number(2))
          .toEpochSecond(ZoneOffset.UTC);
    }

    private int month() {
      int month = MONTHS.indexOf(text.substring(at, at + 3)) + 1;
      check(month > 0);
      at += 3;
      return month;
    }

    private int number(int digits) {
      int value = 0;
      for (int i = 0; i < digits; i++) {
        char c = next();
        check(c >= '0' && c <= '9');
        value = value * 10 + c - '0';
      }
      return value;
    }

    private void skipSpaces() {
      while (text.charAt(at) == ' ') {
        at++;
      }
    }

    private char next() {
      return text.charAt(at++);
    }

    private static void check(boolean condition) {
      if (!condition) {
        throw new DateTimeException("not a date");
      }
    }
  }
}
