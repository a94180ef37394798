package dev.banyan.testkit;

import dev.banyan.api.Dict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Not thread-safe: a shared dict that never runs out of room. */
final class MemoryDict implements Dict {
  private static final double MILLIS = 1000;

  private final Supplier<Instant> now;
  private final Map<String, Held> held = new HashMap<>();

  /** A value and when it ends; never, when that is null. */
  private static final class Held {
    private Object value;
    private final @Nullable Instant end;

    Held(Object value, @Nullable Instant end) {
      this.value = value;
      this.end = end;
    }
  }

  MemoryDict(Supplier<Instant> now) {
    this.now = now;
  }

  @Override
  public @Nullable Object get(String key) {
    Held found = live(key);
    return found == null ? null : found.value;
  }

  @Override
  public @Nullable String set(String key, @Nullable Object value, double ttl) {
    if (value == null) {
      held.remove(key);
    } else {
      Object plain = value instanceof Number number ? (Object) number.doubleValue() : value;
      held.put(key, new Held(plain, end(ttl)));
    }
    return null;
  }

  @Override
  public @Nullable String add(String key, Object value, double ttl) {
    return live(key) != null ? "exists" : set(key, value, ttl);
  }

  @Override
  public @Nullable String replace(String key, Object value, double ttl) {
    return live(key) == null ? "not found" : set(key, value, ttl);
  }

  @Override
  public void delete(String key) {
    held.remove(key);
  }

  @Override
  public Sum incr(String key, double by, OptionalDouble init, double initTtl) {
    Held found = live(key);
    if (found == null) {
      if (init.isEmpty()) {
        return new Sum(0, "not found");
      }
      double sum = init.getAsDouble() + by;
      held.put(key, new Held(sum, end(initTtl)));
      return new Sum(sum, null);
    }
    if (!(found.value instanceof Double number)) {
      return new Sum(0, "not a number");
    }
    found.value = number + by;
    return new Sum(number + by, null);
  }

  @Override
  public OptionalDouble ttl(String key) {
    Held found = live(key);
    if (found == null) {
      return OptionalDouble.empty();
    }
    Instant end = found.end;
    return OptionalDouble.of(
        end == null ? 0 : Duration.between(now.get(), end).toMillis() / MILLIS);
  }

  @Override
  public boolean expire(String key, double ttl) {
    Held found = live(key);
    if (found == null) {
      return false;
    }
    held.put(key, new Held(found.value, end(ttl)));
    return true;
  }

  @Override
  public List<String> keys(int max) {
    return held.keySet().stream()
        .filter(key -> live(key) != null)
        .limit(max == 0 ? Long.MAX_VALUE : max)
        .toList();
  }

  private @Nullable Held live(String key) {
    Held found = held.get(key);
    Instant end = found == null ? null : found.end;
    return end != null && !end.isAfter(now.get()) ? null : found;
  }

  private @Nullable Instant end(double ttl) {
    return ttl == 0 ? null : now.get().plusMillis((long) (ttl * MILLIS));
  }
}
