package dev.banyan.api;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
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
  /** Copies the values. */
  public Results {
    values = values instanceof One ? values : Collections.unmodifiableList(new ArrayList<>(values));
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
    return new Results(new One(value), null);
  }

  /** These results. */
  public static Results of(@Nullable Object... values) {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    Collections.addAll(list, values);
    return new Results(list, null);
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
