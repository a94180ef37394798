package dev.banyan.benchmarks.spring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.api.Dict;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe: what a {@code lua_shared_dict} is to the legacy, as a bounded cache. */
final class SharedDict implements Dict {
  private static final int MAX_ENTRIES = 65_536;
  private static final double MILLIS = 1000;

  private final Clock clock;
  private final Cache<String, Held> cache = Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();
  private final ConcurrentMap<String, Held> held = cache.asMap();

  SharedDict(Clock clock) {
    this.clock = clock;
  }

  /**
   * A value.
   *
   * @param end when it ends, in milliseconds since 1970; 0 for never
   */
  private record Held(Object value, long end) {
    boolean alive(long now) {
      return end == 0 || end > now;
    }
  }

  @Override
  public @Nullable Object get(String key) {
    Held found = live(key);
    return found == null ? null : found.value();
  }

  @Override
  public @Nullable String set(String key, @Nullable Object value, double ttl) {
    if (value == null) {
      held.remove(key);
    } else {
      held.put(key, new Held(number(value), end(ttl)));
    }
    return null;
  }

  @Override
  public @Nullable String add(String key, Object value, double ttl) {
    Held fresh = new Held(number(value), end(ttl));
    Held old = held.get(key);
    if (old != null && alive(old)) {
      return "exists";
    }
    boolean first =
        old == null ? held.putIfAbsent(key, fresh) == null : held.replace(key, old, fresh);
    return first ? null : "exists";
  }

  @Override
  public @Nullable String replace(String key, Object value, double ttl) {
    Held fresh = new Held(number(value), end(ttl));
    return held.computeIfPresent(key, (_, old) -> alive(old) ? fresh : null) == null
        ? "not found"
        : null;
  }

  @Override
  public void delete(String key) {
    held.remove(key);
  }

  @Override
  public Sum incr(String key, double by, OptionalDouble init, double initTtl) {
    Held now =
        held.compute(
            key,
            (_, old) -> {
              if (old == null || !alive(old)) {
                return init.isEmpty() ? null : new Held(init.getAsDouble() + by, end(initTtl));
              }
              return old.value() instanceof Double number ? new Held(number + by, old.end()) : old;
            });
    if (now == null) {
      return new Sum(0, "not found");
    }
    return now.value() instanceof Double sum ? new Sum(sum, null) : new Sum(0, "not a number");
  }

  @Override
  public OptionalDouble ttl(String key) {
    Held found = live(key);
    if (found == null) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(found.end() == 0 ? 0 : (found.end() - clock.millis()) / MILLIS);
  }

  @Override
  public boolean expire(String key, double ttl) {
    return held.computeIfPresent(
            key, (_, old) -> alive(old) ? new Held(old.value(), end(ttl)) : null)
        != null;
  }

  @Override
  public List<String> keys(int max) {
    return held.entrySet().stream()
        .filter(entry -> alive(entry.getValue()))
        .limit(max == 0 ? Long.MAX_VALUE : max)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Object number(Object value) {
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }

  private boolean alive(Held one) {
    return one.alive(clock.millis());
  }

  private @Nullable Held live(String key) {
    Held found = held.get(key);
    return found != null && alive(found) ? found : null;
  }

  private long end(double ttl) {
    return ttl == 0 ? 0 : clock.millis() + (long) (ttl * MILLIS);
  }
}
