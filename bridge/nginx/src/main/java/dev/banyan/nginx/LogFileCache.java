package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code open_log_file_cache}: which files of logs whose names have variables stay open.
 *
 * @param max how many
 * @param inactive how long a file stays that gets no line
 * @param valid how long a file is taken to be still the one of its name
 * @param minUses the lines within {@code inactive} from which on a file stays open
 */
public record LogFileCache(int max, Duration inactive, Duration valid, int minUses) {
  private static final Duration INACTIVE = Duration.ofSeconds(10);
  private static final Duration VALID = Duration.ofSeconds(60);

  /** Reads what holds in a block; null for {@code off}. */
  static @Nullable LogFileCache read(Scope scope) {
    Directive directive = scope.one("open_log_file_cache");
    return directive == null
        ? null
        : scope.compiler().problems().guardOrNull(directive, () -> of(directive));
  }

  private static @Nullable LogFileCache of(Directive directive) {
    long max = 0;
    Duration inactive = INACTIVE;
    Duration valid = VALID;
    long minUses = 1;
    boolean off = false;
    for (String arg : directive.args()) {
      int equals = arg.indexOf('=') + 1;
      String value = arg.substring(equals);
      switch (arg.substring(0, equals)) {
        case "max=" -> max = number(directive, arg, value);
        case "inactive=" -> inactive = time(directive, arg, value);
        case "valid=" -> valid = time(directive, arg, value);
        case "min_uses=" -> minUses = number(directive, arg, value);
        default -> {
          if (!arg.equals("off")) {
            throw invalid(directive, arg);
          }
          off = true;
        }
      }
    }
    if (off) {
      return null;
    }
    if (max == 0) {
      throw directive.error("\"open_log_file_cache\" must have \"max\" parameter");
    }
    return new LogFileCache((int) max, inactive, valid, (int) minUses);
  }

  private static long number(Directive directive, String arg, String value) {
    long number = Units.number(value).orElseThrow(() -> invalid(directive, arg));
    if (number > Integer.MAX_VALUE) {
      throw invalid(directive, arg);
    }
    return number;
  }

  private static Duration time(Directive directive, String arg, String value) {
    try {
      return Units.seconds(value);
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(directive, arg);
    }
  }

  private static ConfException invalid(Directive directive, String arg) {
    return directive.error("invalid \"open_log_file_cache\" parameter \"" + arg + "\"");
  }
}
