package dev.banyan.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read-only look into a Lua table, without copying it.
 *
 * <p>Valid during the call that it was given to and on its thread only; {@link #snapshot(int)}
 * makes one that lasts. A value is a {@code String} (octets), {@code Double}, {@code Boolean},
 * another view, or null for nil and for what Java can't see (functions, userdata).
 */
public interface View {
  /** The value of a string key. */
  @Nullable Object get(String key);

  /** The value at an integer key; those of a list are from 1 to {@link #length()}. */
  @Nullable Object at(int index);

  /** The array part's length. */
  int length();

  /** The string keys, in no particular order. */
  List<String> keys();

  /**
   * The keys that are neither strings nor positions of the list, in no particular order: a {@code
   * Double} for a number, such as a position behind a hole, and a {@code Boolean}. Tables and
   * functions that are keys can't be seen.
   */
  default List<Object> otherKeys() {
    return List.of();
  }

  /** The value of one of the {@link #otherKeys()}. */
  default @Nullable Object other(Object key) {
    return null;
  }

  /** The string at {@code key}; null when there is none or it is something else, as a number is. */
  default @Nullable String string(String key) {
    return get(key) instanceof String s ? s : null;
  }

  /** The number at {@code key}, or {@code otherwise}. */
  default double number(String key, double otherwise) {
    return get(key) instanceof Double d ? d : otherwise;
  }

  /** Whether {@code key} holds anything but nil and false. */
  default boolean truthy(String key) {
    Object value = get(key);
    return value != null && !Boolean.FALSE.equals(value);
  }

  /** The table at {@code key}, or null. */
  default @Nullable View view(String key) {
    return get(key) instanceof View v ? v : null;
  }

  /**
   * A copy that any thread may read, bounded in depth and size.
   *
   * @throws IllegalStateException when the table is larger than {@code maxEntries}
   */
  View snapshot(int maxEntries);
}
