package dev.banyan.lua.ngx;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** HTTP methods by the numbers that {@code ngx.HTTP_GET} and its kin stand for. */
final class Methods {
  private static final String PREFIX = "HTTP_";
  private static final int FIRST = 2;
  private static final int LAST = 32768;

  private static final Map<Integer, String> NAMES =
      Constants.NUMBERS.entrySet().stream()
          .filter(e -> e.getKey().startsWith(PREFIX) && isMethod(e.getValue()))
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getValue, e -> e.getKey().substring(PREFIX.length())));

  private Methods() {}

  private static boolean isMethod(int value) {
    return value >= FIRST && value <= LAST && Integer.bitCount(value) == 1;
  }

  /** The method of a number, or null. */
  static @Nullable String name(int number) {
    return NAMES.get(number);
  }
}
