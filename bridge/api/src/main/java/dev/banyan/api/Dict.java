package dev.banyan.api;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Capability: a {@code lua_shared_dict}, for the port that names it with {@link Shared}.
 *
 * <p>Keys are octet strings; values are {@code String}, {@code Double} and {@code Boolean}. Times
 * are seconds, 0 for ever. In shadow it answers what it answered to the control, and writes stay in
 * an overlay.
 */
public interface Dict {
  /** The value at a key that has not expired, or null. */
  @Nullable Object get(String key);

  /** The string at a key; null when there is none or it is something else. */
  default @Nullable String string(String key) {
    return get(key) instanceof String text ? text : null;
  }

  /**
   * Stores a value; null deletes. Answers null when it was stored, else the reason as Lua has it.
   */
  @Nullable String set(String key, @Nullable Object value, double ttl);

  /** Stores a value at a key that is free; else answers {@code exists}. */
  @Nullable String add(String key, Object value, double ttl);

  /** Stores a value at a key that is taken; else answers {@code not found}. */
  @Nullable String replace(String key, Object value, double ttl);

  /** Removes a key. */
  void delete(String key);

  /**
   * Adds to a number, which starts at {@code init} when the key is free.
   *
   * @return the sum, or why there is none
   */
  Sum incr(String key, double by, OptionalDouble init, double initTtl);

  /** Adds to a number that starts at {@code init} and then never expires. */
  default Sum incr(String key, double by, double init) {
    return incr(key, by, OptionalDouble.of(init), 0);
  }

  /** For how many seconds a key lives on, 0 for ever; empty when it is not there. */
  OptionalDouble ttl(String key);

  /** Gives a key another time to live, in seconds; answers whether it is there. */
  boolean expire(String key, double ttl);

  /** The keys, at most {@code max}, 0 for all. */
  List<String> keys(int max);

  /**
   * What an increment answered.
   *
   * @param value the sum, 0 when there is none
   * @param error {@code not found} or {@code not a number}, or null
   */
  record Sum(double value, @Nullable String error) {}
}
