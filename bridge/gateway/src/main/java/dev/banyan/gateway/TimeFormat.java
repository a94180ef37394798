package dev.banyan.gateway;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes times as C's {@code strftime} does in the C locale, with the GNU library's flags. */
final class TimeFormat {
  private static final int LONGEST = 2047;
  private static final int HALF_DAY = 12;
  private static final int WEEK = 7;
  private static final int CENTURY = 100;
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

  private final ZonedDateTime time;
  private final String zone;
  private final StringBuilder out = new StringBuilder();

  private TimeFormat(ZonedDateTime time, String zone) {
    this.time = time;
    this.zone = zone;
  }

  /** The short name of a time's zone. */
  static String zone(ZonedDateTime time) {
    return ZONE.format(time);
  }

  /** Writes a time; nothing when it becomes too long. */
  static String write(String format, ZonedDateTime time, String zone) {
    TimeFormat writer = new TimeFormat(time, zone);
    writer.all(format);
    return writer.out.length() > LONGEST ? "" : writer.out.toString();
  }

  private void all(String format) {
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      if (c == '%') {
        at = conversion(format, at);
      } else {
        out.append(c);
        at++;
      }
    }
  }

  /** Writes what begins at a percent sign, as it stands when it is no conversion. */
  private int conversion(String format, int from) {
    int at = from + 1;
    char pad = 0;
    boolean upper = false;
    boolean swap = false;
    for (; at < format.length() && "_-0^#".indexOf(format.charAt(at)) >= 0; at++) {
      char flag = format.charAt(at);
      upper |= flag == '^';
      swap |= flag == '#';
      pad = flag == '^' || flag == '#' ? pad : flag;
    }
    int width = 0;
    for (; at < format.length() && Character.isDigit(format.charAt(at)); at++) {
      width = Math.min(LONGEST + 1, width * 10 + format.charAt(at) - '0');
    }
    if (at < format.length() && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) {
      at++;
    }
    String text = at < format.length() ? convert(format.charAt(at), pad, width) : null;
    if (text == null) {
      out.append(format, from, Math.min(at + 1, format.length()));
      return at + 1;
    }
    char kind = format.charAt(at);
    boolean lowers = swap && (kind == 'p' || kind == 'Z');
    String cased = lowers ? text.toLowerCase(Locale.ROOT) : text;
    out.append(upper || (swap && !lowers) ? cased.toUpperCase(Locale.ROOT) : cased);
    return at + 1;
  }

  private @Nullable String convert(char kind, char pad, int width) {
    String composite =
        switch (kind) {
          case 'c' -> "%a %b %e %H:%M:%S %Y";
          case 'D', 'x' -> "%m/%d/%y";
          case 'F' -> "%Y-%m-%d";
          case 'r' -> "%I:%M:%S %p";
          case 'R' -> "%H:%M";
          case 'T', 'X' -> "%H:%M:%S";
          default -> "";
        };
    String text = composite.isEmpty() ? word(kind) : write(composite, time, zone);
    return text == null ? number(kind, pad, width) : padded(text, pad == '0' ? '0' : ' ', width);
  }

  private @Nullable String word(char kind) {
    boolean afternoon = time.getHour() >= HALF_DAY;
    return switch (kind) {
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'p' -> afternoon ? "PM" : "AM";
      case 'P' -> afternoon ? "pm" : "am";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      case 'z' -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
      case 'Z' -> zone;
      default -> null;
    };
  }

  private @Nullable String number(char kind, char pad, int width) {
    int day = time.getDayOfYear() - 1;
    int weekday = time.getDayOfWeek().getValue() % WEEK;
    int hour = (time.getHour() + HALF_DAY - 1) % HALF_DAY + 1;
    return switch (kind) {
      case 'C' -> digits(time.getYear() / CENTURY, 2, '0', pad, width);
      case 'd' -> digits(time.getDayOfMonth(), 2, '0', pad, width);
      case 'e' -> digits(time.getDayOfMonth(), 2, ' ', pad, width);
      case 'g' -> digits(time.get(IsoFields.WEEK_BASED_YEAR) % CENTURY, 2, '0', pad, width);
      case 'G' -> digits(time.get(IsoFields.WEEK_BASED_YEAR), 1, '0', pad, width);
      case 'H' -> digits(time.getHour(), 2, '0', pad, width);
      case 'I' -> digits(hour, 2, '0', pad, width);
      case 'j' -> digits(day + 1, 3, '0', pad, width);
      case 'k' -> digits(time.getHour(), 2, ' ', pad, width);
      case 'l' -> digits(hour, 2, ' ', pad, width);
      case 'm' -> digits(time.getMonthValue(), 2, '0', pad, width);
      case 'M' -> digits(time.getMinute(), 2, '0', pad, width);
      case 's' -> digits(local(), 1, '0', pad, width);
      case 'S' -> digits(time.getSecond(), 2, '0', pad, width);
      case 'u' -> digits(time.getDayOfWeek().getValue(), 1, '0', pad, width);
      case 'U' -> digits((day - weekday + WEEK) / WEEK, 2, '0', pad, width);
      case 'V' -> digits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', pad, width);
      case 'w' -> digits(weekday, 1, '0', pad, width);
      case 'W' -> digits((day - (weekday + WEEK - 1) % WEEK + WEEK) / WEEK, 2, '0', pad, width);
      case 'y' -> digits(time.getYear() % CENTURY, 2, '0', pad, width);
      case 'Y' -> digits(time.getYear(), 1, '0', pad, width);
      default -> null;
    };
  }

  /** The second that its fields mean at this place. */
  private long local() {
    return time.toLocalDateTime().atZone(ZoneId.systemDefault()).toEpochSecond();
  }

  private static String digits(long number, int least, char usual, char pad, int width) {
    String text = Long.toString(number);
    return switch (pad) {
      case '-' -> text;
      case '_' -> padded(text, ' ', Math.max(least, width));
      case '0' -> padded(text, '0', Math.max(least, width));
      default -> padded(text, usual, Math.max(least, width));
    };
  }

  private static String padded(String text, char pad, int width) {
    return String.valueOf(pad).repeat(Math.max(0, width - text.length())) + text;
  }
}
