package dev.banyan.lua.lib;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;

/** {@code os.date}: C's strftime in the C locale, and the table form. */
public final class DateFormat {
  /** What glibc allows between the sign and the letter. */
  private static final String FLAGS = "-_0^#";

  private static final String MODIFIERS = "EO";

  /** The conversions that give a number, which is padded with zeros or, some of them, spaces. */
  private static final String NUMBERS = "CdegGHkIjlmMsSuUVwWyY";

  /** As wide as a text is padded at most. */
  private static final int WIDEST = 1024;

  /** As far as C's 32 bits for the year reach. */
  private static final double MOST_SECONDS = 6.7e16;

  private DateFormat() {}

  /** The text or the table; nil for what no calendar has. */
  static LuaValue format(String format, double time) {
    if (!(Math.abs(time) <= MOST_SECONDS)) {
      return LuaValue.NIL;
    }
    long seconds = (long) time;
    boolean utc = format.startsWith("!");
    String rest = utc ? format.substring(1) : format;
    ZonedDateTime at =
        Instant.ofEpochSecond(seconds).atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault());
    if (rest.equals("*t")) {
      return fields(at);
    }
    return LuaText.of(text(rest, at));
  }

  /** What strftime makes of a format; the time in UTC is said to be in GMT. */
  public static String text(String format, ZonedDateTime at) {
    boolean utc = at.getZone().equals(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      int end = format.charAt(i) == '%' ? lastOf(format, i) : i;
      out.append(
          end == i ? format.substring(i, i + 1) : spec(format.substring(i, end + 1), at, utc));
      i = end;
    }
    return out.toString();
  }

  /** Where a conversion that begins here ends: flags, then a modifier, then the letter. */
  private static int lastOf(String format, int start) {
    int end = start + 1;
    while (end < format.length() && FLAGS.indexOf(format.charAt(end)) >= 0) {
      end++;
    }
    while (end < format.length() && isDigit(format.charAt(end))) {
      end++;
    }
    if (end + 1 < format.length() && MODIFIERS.indexOf(format.charAt(end)) >= 0) {
      end++;
    }
    return Math.min(end, format.length() - 1);
  }

  /** One conversion; what the C library doesn't know stays as it is. */
  private static String spec(String spec, ZonedDateTime time, boolean utc) {
    char letter = spec.charAt(spec.length() - 1);
    String text = conversion(letter, time, utc);
    if (text.isEmpty()) {
      return spec;
    }
    char pad = 0;
    int at = 1;
    for (; FLAGS.indexOf(spec.charAt(at)) >= 0; at++) {
      switch (spec.charAt(at)) {
        case '^' -> text = letter == 'P' ? text : text.toUpperCase(Locale.ROOT);
        case '#' -> text = swapped(letter, text);
        default -> pad = spec.charAt(at);
      }
    }
    int width = 0;
    for (; isDigit(spec.charAt(at)); at++) {
      width = Math.min(WIDEST, 10 * width + spec.charAt(at) - '0');
    }
    return padded(letter, text, pad, width);
  }

  /** The other case: of what has capitals it is small letters. */
  private static String swapped(char letter, String text) {
    return switch (letter) {
      case 'a', 'A', 'b', 'B', 'h' -> text.toUpperCase(Locale.ROOT);
      case 'p', 'Z' -> text.toLowerCase(Locale.ROOT);
      default -> text;
    };
  }

  private static String padded(char letter, String text, char pad, int width) {
    boolean number = NUMBERS.indexOf(letter) >= 0;
    String bare = text;
    while (number && pad != 0 && bare.length() > 1 && "0 ".indexOf(bare.charAt(0)) >= 0) {
      bare = bare.substring(1);
    }
    int wanted = pad == '-' ? width : Math.max(width, number ? text.length() : 0);
    boolean zeros = pad == '0' || (pad == 0 && number && "ekl".indexOf(letter) < 0);
    return (zeros ? "0" : " ").repeat(Math.max(0, wanted - bare.length())) + bare;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Table fields(ZonedDateTime at) {
    Table t = new Table();
    t.rawset("sec", LuaInteger.valueOf(at.getSecond()));
    t.rawset("min", LuaInteger.valueOf(at.getMinute()));
    t.rawset("hour", LuaInteger.valueOf(at.getHour()));
    t.rawset("day", LuaInteger.valueOf(at.getDayOfMonth()));
    t.rawset("month", LuaInteger.valueOf(at.getMonthValue()));
    t.rawset("year", LuaInteger.valueOf(at.getYear()));
    t.rawset("wday", LuaInteger.valueOf(at.getDayOfWeek().getValue() % 7 + 1));
    t.rawset("yday", LuaInteger.valueOf(at.getDayOfYear()));
    t.rawset("isdst", LuaValue.valueOf(at.getZone().getRules().isDaylightSavings(at.toInstant())));
    return t;
  }

  /** What a letter stands for; empty for none. */
  private static String conversion(char letter, ZonedDateTime at, boolean utc) {
    return switch (letter) {
      case 'a' -> at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> at.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'c' -> many("%a %b %e %H:%M:%S %Y", at, utc);
      case 'C' -> two(at.getYear() / 100);
      case 'd' -> two(at.getDayOfMonth());
      case 'D', 'x' -> many("%m/%d/%y", at, utc);
      case 'e' -> String.format("%2d", at.getDayOfMonth());
      case 'F' -> many("%Y-%m-%d", at, utc);
      case 'g' -> two(at.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case 'G' -> Integer.toString(at.get(IsoFields.WEEK_BASED_YEAR));
      case 'H' -> two(at.getHour());
      case 'k' -> String.format("%2d", at.getHour());
      case 'l' -> String.format("%2d", at.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'P' -> at.getHour() < 12 ? "am" : "pm";
      case 'I' -> two(at.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'j' -> String.format("%03d", at.getDayOfYear());
      case 'm' -> two(at.getMonthValue());
      case 'M' -> two(at.getMinute());
      case 'n' -> "\n";
      case 'p' -> at.getHour() < 12 ? "AM" : "PM";
      case 'r' -> many("%I:%M:%S %p", at, utc);
      case 'R' -> many("%H:%M", at, utc);
      case 's' -> Long.toString(at.toEpochSecond());
      case 'S' -> two(at.getSecond());
      case 't' -> "\t";
      case 'T', 'X' -> many("%H:%M:%S", at, utc);
      case 'u' -> Integer.toString(at.getDayOfWeek().getValue());
      case 'U' -> two((at.getDayOfYear() + 6 - at.getDayOfWeek().getValue() % 7) / 7);
      case 'V' -> two(at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'w' -> Integer.toString(at.getDayOfWeek().getValue() % 7);
      case 'W' -> two((at.getDayOfYear() + 7 - at.getDayOfWeek().getValue()) / 7);
      case 'y' -> two(Math.floorMod(at.getYear(), 100));
      case 'Y' -> Integer.toString(at.getYear());
      case 'z' -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(at);
      case 'Z' -> utc ? "GMT" : at.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case '%' -> "%";
      default -> "";
    };
  }

  private static String many(String format, ZonedDateTime at, boolean utc) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      out.append(c == '%' ? conversion(format.charAt(++i), at, utc) : c);
    }
    return out.toString();
  }

  private static String two(int n) {
    return n < 10 ? "0" + n : Integer.toString(n);
  }
}
