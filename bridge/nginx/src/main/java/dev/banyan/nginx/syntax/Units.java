package dev.banyan.nginx.syntax;

import java.time.Duration;
import java.util.OptionalLong;

/** Sizes and times as nginx writes them. */
public final class Units {
  private static final String TIME_UNITS = "yMwdhms";
  private static final long[] SECONDS = {31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1};

  private Units() {}

  /**
   * A size in bytes, such as {@code 8k} or {@code 1m}; {@code g} counts too where offsets are
   * meant.
   */
  public static OptionalLong size(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    int shift =
        switch (text.charAt(text.length() - 1)) {
          case 'k', 'K' -> 10;
          case 'm', 'M' -> 20;
          case 'g', 'G' -> 30;
          default -> 0;
        };
    OptionalLong digits = number(shift == 0 ? text : text.substring(0, text.length() - 1));
    return digits.isEmpty() || digits.getAsLong() > Long.MAX_VALUE >> shift
        ? OptionalLong.empty()
        : OptionalLong.of(digits.getAsLong() << shift);
  }

  /** A number without a sign. */
  public static OptionalLong number(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 18;
    digits = digits && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /**
   * A time such as {@code 30}, {@code 1h 30m} or {@code 500ms}; a bare number counts seconds and
   * units must fall.
   *
   * @throws NumberFormatException when it is none
   */
  public static Duration time(String text) {
    long millis = 0;
    int lastUnit = -1;
    int at = 0;
    if (text.isEmpty()) {
      throw new NumberFormatException("no time");
    }
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      long value = Long.parseLong(text.substring(start, at));
      boolean isMillis = text.startsWith("ms", at);
      char letter = at < text.length() ? text.charAt(at) : 's';
      int unit = isMillis ? TIME_UNITS.length() : letter == ' ' ? 6 : TIME_UNITS.indexOf(letter);
      if (unit <= lastUnit) {
        throw new NumberFormatException(text);
      }
      lastUnit = unit;
      at += isMillis ? 2 : 1;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      long scale = isMillis ? 1 : Math.multiplyExact(SECONDS[unit], 1_000L);
      millis = Math.addExact(millis, Math.multiplyExact(value, scale));
    }
    return Duration.ofMillis(millis);
  }
}
