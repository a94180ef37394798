package dev.banyan.nginx.syntax;

import java.time.Duration;
import java.util.OptionalLong;

/** Sizes and times as nginx writes them. */
public final class Units {
  private static final String TIME_UNITS = "yMwdhms";
  private static final int MONTHS = 1;
  private static final int SECOND = 6;
  private static final int MILLISECONDS = 7;
  private static final int SPACE = 8;
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
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException greater) {
      return OptionalLong.empty();
    }
  }

  /** A size in bytes of memory, whose unit is {@code k} or {@code m}. */
  public static OptionalLong memory(String text) {
    return text.endsWith("g") || text.endsWith("G") ? OptionalLong.empty() : size(text);
  }

  /** Whether it is a time: one down to milliseconds has no years and months in nginx. */
  public static boolean isTime(String text, boolean millis) {
    try {
      return !(millis ? millis(text) : seconds(text)).isNegative();
    } catch (NumberFormatException | ArithmeticException e) {
      return false;
    }
  }

  /**
   * As {@link #time}, where nginx counts in milliseconds and therefore takes no years and months.
   *
   * @throws NumberFormatException when it is none
   */
  public static Duration millis(String text) {
    return time(text, MONTHS);
  }

  /**
   * As {@link #time}, where nginx counts in seconds and takes no shorter unit.
   *
   * @throws NumberFormatException when it is none
   */
  public static Duration seconds(String text) {
    if (text.contains("ms")) {
      throw new NumberFormatException(text);
    }
    return time(text);
  }

  /**
   * A time such as {@code 30}, {@code 1h 30m} or {@code 500ms}; a bare number counts seconds and
   * units must fall. A space ends the last of them, after which one more number counts seconds.
   *
   * @throws NumberFormatException when it is none
   */
  public static Duration time(String text) {
    return time(text, -1);
  }

  private static Duration time(String text, int above) {
    long millis = 0;
    long value = 0;
    int lastUnit = above;
    boolean digits = false;
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter >= '0' && letter <= '9') {
        value = Math.addExact(Math.multiplyExact(value, 10L), letter - '0');
        digits = true;
        continue;
      }
      boolean isMillis = text.startsWith("ms", at);
      int unit = isMillis ? MILLISECONDS : letter == ' ' ? SPACE : TIME_UNITS.indexOf(letter);
      if (unit <= lastUnit || (letter == ' ' && lastUnit >= SECOND)) {
        throw new NumberFormatException(text);
      }
      lastUnit = unit;
      at += isMillis ? 1 : 0;
      long scale = isMillis ? 1 : letter == ' ' ? 1_000 : SECONDS[unit] * 1_000;
      millis = Math.addExact(millis, Math.multiplyExact(value, scale));
      value = 0;
      while (at + 1 < text.length() && text.charAt(at + 1) == ' ') {
        at++;
      }
    }
    if (!digits) {
      throw new NumberFormatException(text);
    }
    return Duration.ofMillis(Math.addExact(millis, Math.multiplyExact(value, 1_000L)));
  }
}
