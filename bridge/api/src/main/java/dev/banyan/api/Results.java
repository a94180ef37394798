package dev.banyan.api;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several results of a {@link Function}, in Lua's order, or the error that it raises.
 *
 * @param values strings, numbers, booleans, lists, maps; null for nil
 * @param error the message of the Lua error to raise, or null
 */
public record Results(List<@Nullable Object> values, @Nullable String error) {
  private static final Results NIL = new Results(new One(null), null);
  private static final Results TRUE = new Results(new One(true), null);
  private static final Results FALSE = new Results(new One(false), null);
  private static final Results NONE = new Results(List.of(), null);

  /** Copies the values. */
  public Results {
    values = lasting(values);
  }

  /** A list of results that nobody can change any more. */
  static List<@Nullable Object> lasting(List<@Nullable Object> values) {
    if (values instanceof One || values instanceof Several) {
      return values;
    }
    return values.isEmpty() ? List.of() : new Several(values.toArray());
  }

  /** Immutable: a list that is known to be, so that each effect of a decision need not copy it. */
  private static final class Several extends AbstractList<@Nullable Object> {
    private final @Nullable Object[] values;

    /** Of an array that nobody else has. */
    Several(@Nullable Object[] values) {
      this.values = values;
    }

    @Override
    public @Nullable Object get(int index) {
      return values[index];
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Immutable: a list of one value, which is what most functions answer. */
  private static final class One extends AbstractList<@Nullable Object> {
    private final @Nullable Object value;

    One(@Nullable Object value) {
      this.value = value;
    }

    @Override
    public @Nullable Object get(int index) {
      Objects.checkIndex(index, 1);
      return value;
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** This one result. */
  public static Results of(@Nullable Object value) {
    return switch (value) {
      case null -> NIL;
      case Boolean flag -> flag ? TRUE : FALSE;
      default -> new Results(new One(value), null);
    };
  }

  /** These results. */
  public static Results of(@Nullable Object... values) {
    if (values.length == 0) {
      return NONE;
    }
    return new Results(new Several(values.clone()), null);
  }

  /** Lua's usual failure: {@code nil, message}. */
  public static Results failure(String message) {
    return of(null, message);
  }

  /** Raises a Lua error, as {@code error(message, 0)} does. */
  public static Results raise(String message) {
    return new Results(List.of(), message);
  }
}
