package dev.banyan.router.parity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers, and texts that say one in decimal. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,32}(\\.\\d{0,32})?|\\.\\d{1,32})([eE][+-]?\\d{1,3})?");

  private Numbers() {}

  /** The number that a value is or says, or null. */
  static @Nullable Double of(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text when DECIMAL.matcher(text).matches() -> Double.valueOf(text);
      case null, default -> null;
    };
  }
}
