package dev.banyan.router.parity;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Immutable: which differences of two values a rule lets pass. */
public sealed interface Lenience {
  /** Whether this difference is let pass; both sides are raw. */
  boolean passes(@Nullable Object control, @Nullable Object candidate);

  /** In words, as the configuration says it. */
  String text();

  /** Every difference passes. */
  record Ignore() implements Lenience {
    @Override
    public boolean passes(@Nullable Object control, @Nullable Object candidate) {
      return true;
    }

    @Override
    public String text() {
      return "ignore";
    }
  }

  /** Numbers pass that are so near; texts count when both are numbers. */
  record Near(double distance) implements Lenience {
    @Override
    public boolean passes(@Nullable Object control, @Nullable Object candidate) {
      return Numbers.near(Numbers.of(control), Numbers.of(candidate), BigDecimal.valueOf(distance));
    }

    @Override
    public String text() {
      return "tolerate " + distance;
    }
  }

  /**
   * Times pass that are so near: seconds since the epoch, dates of HTTP and cookies, or ISO 8601.
   */
  record Within(Duration distance) implements Lenience {
    private static final int MILLI_DIGITS = 3;

    @Override
    public boolean passes(@Nullable Object control, @Nullable Object candidate) {
      return Numbers.near(
          Times.seconds(control),
          Times.seconds(candidate),
          BigDecimal.valueOf(distance.toMillis(), MILLI_DIGITS));
    }

    @Override
    public String text() {
      return "tolerate " + distance.toMillis() + "ms";
    }
  }

  /** Values pass that are equal once they are written in one way. */
  record Normalised(Form form) implements Lenience {
    @Override
    public boolean passes(@Nullable Object control, @Nullable Object candidate) {
      return Objects.equals(form.of(control), form.of(candidate));
    }

    @Override
    public String text() {
      return "normalise " + form.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Forms that don't hide whether a value is there: nothing stays nothing. */
  enum Form {
    /** Upper and lower case are the same. */
    CASE {
      @Override
      @Nullable Object of(@Nullable Object value) {
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
      }
    },
    /** White space at the ends doesn't count, and elsewhere as one space. */
    SPACE {
      @Override
      @Nullable Object of(@Nullable Object value) {
        return value instanceof String text ? text.strip().replaceAll("\\s+", " ") : value;
      }
    },
    /** Lists and the parts of a text between commas or spaces count in any order. */
    ORDER {
      @Override
      @Nullable Object of(@Nullable Object value) {
        return switch (value) {
          case String text -> Orders.ofText(text);
          case List<?> list -> Orders.ofList(list);
          case null, default -> value;
        };
      }
    },
    /** A number and a text that says the same number are the same, {@code 1.50} and 1.5. */
    NUMBER {
      @Override
      @Nullable Object of(@Nullable Object value) {
        BigDecimal number = Numbers.of(value);
        return number == null ? value : number.stripTrailingZeros();
      }
    },
    /** Texts that are JSON count by what they say. */
    JSON {
      @Override
      @Nullable Object of(@Nullable Object value) {
        JsonText.Parsed parsed = value instanceof String text ? JsonText.parse(text) : null;
        return parsed == null ? value : parsed;
      }
    };

    abstract @Nullable Object of(@Nullable Object value);
  }
}
