package dev.banyan.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    values = Collections.unmodifiableList(new ArrayList<>(values));
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
