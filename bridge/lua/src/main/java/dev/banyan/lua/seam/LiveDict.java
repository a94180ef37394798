package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.World;
import dev.banyan.lua.ngx.shared.DictFailure;
import dev.banyan.lua.ngx.shared.DictValue;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.StoreMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Owned by one call: a shared dict as a port uses it; journals see the calls as they see Lua's. */
final class LiveDict implements Dict {
  private static final int OVERHEAD = 64;
  private static final double MILLIS = 1000;

  private final World world;
  private final SharedDict dict;
  private final Runnable written;

  /**
   * The dict of that name in a world.
   *
   * @throws IllegalStateException when the configuration has none of that name
   */
  static LiveDict of(World world, String name, Runnable written) {
    SharedDict dict =
        world
            .dict(name)
            .orElseThrow(
                () -> new IllegalStateException("lua_shared_dict " + name + " is not configured"));
    return new LiveDict(world, dict, written);
  }

  private LiveDict(World world, SharedDict dict, Runnable written) {
    this.world = world;
    this.dict = dict;
    this.written = written;
  }

  @Override
  public @Nullable Object get(String key) {
    SharedDict.Found found = dict.get(checked(key));
    Object value = found == null ? null : plain(found.value());
    note("get", key, value);
    return value;
  }

  @Override
  public @Nullable String set(String key, @Nullable Object value, double ttl) {
    if (value == null) {
      delete(key);
      return null;
    }
    return store(StoreMode.SET, "set", key, value, ttl);
  }

  @Override
  public @Nullable String add(String key, Object value, double ttl) {
    return store(StoreMode.ADD, "add", key, value, ttl);
  }

  @Override
  public @Nullable String replace(String key, Object value, double ttl) {
    return store(StoreMode.REPLACE, "replace", key, value, ttl);
  }

  private @Nullable String store(
      StoreMode mode, String operation, String key, Object value, double ttl) {
    DictFailure.Reason refusal =
        dict.store(mode, checked(key), stored(value), millis(ttl), 0).refusal();
    String answer = refusal == null ? null : refusal.text();
    if (refusal == null) {
      written.run();
    }
    note(operation, key, answer, value, ttl);
    return answer;
  }

  @Override
  public void delete(String key) {
    dict.delete(checked(key));
    written.run();
    note("delete", key, null);
  }

  @Override
  public Sum incr(String key, double by, OptionalDouble init, double initTtl) {
    Sum sum;
    try {
      sum = new Sum(dict.increment(checked(key), by, init, millis(initTtl)).value(), null);
      written.run();
    } catch (DictFailure e) {
      sum = new Sum(0, e.reason().text());
    }
    Object start = init.isPresent() ? init.getAsDouble() : null;
    note("incr", key, sum.error() == null ? (Object) sum.value() : sum.error(), by, start, initTtl);
    return sum;
  }

  @Override
  public OptionalDouble ttl(String key) {
    OptionalLong left = dict.timeToLive(checked(key));
    OptionalDouble answer =
        left.isPresent() ? OptionalDouble.of(left.getAsLong() / MILLIS) : OptionalDouble.empty();
    note("ttl", key, answer.isPresent() ? (Object) answer.getAsDouble() : null);
    return answer;
  }

  @Override
  public boolean expire(String key, double ttl) {
    boolean there = dict.expire(checked(key), millis(ttl));
    if (there) {
      written.run();
    }
    note("expire", key, there, ttl);
    return there;
  }

  @Override
  public List<String> keys(int max) {
    List<String> keys = dict.keys(max);
    note("keys", "", List.copyOf(keys));
    return keys;
  }

  private void note(
      String operation, String key, @Nullable Object answer, @Nullable Object... arguments) {
    world.note(
        OVERHEAD + key.length(),
        () -> {
          List<@Nullable Object> list = new ArrayList<>();
          Collections.addAll(list, arguments);
          return new Journal.Entry.DictCall(dict.name(), operation, key, list, answer);
        });
  }

  private static String checked(String key) {
    if (key.isEmpty() || key.length() > SharedDict.LONGEST_KEY) {
      throw new IllegalArgumentException("a dict's key has 1 to 65535 octets");
    }
    return key;
  }

  private static long millis(double seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("a time to live is not negative");
    }
    return (long) (seconds * MILLIS);
  }

  private static DictValue stored(Object value) {
    return switch (value) {
      case String text -> new DictValue.Octets(text.getBytes(StandardCharsets.ISO_8859_1));
      case Number number -> DictValue.of(number.doubleValue());
      case Boolean flag -> DictValue.of(flag);
      default ->
          throw new IllegalArgumentException("a dict holds no " + value.getClass().getName());
    };
  }

  private static Object plain(DictValue value) {
    return switch (value) {
      case DictValue.Octets octets -> octets.text();
      case DictValue.Num number -> number.value();
      case DictValue.Bool flag -> flag.value();
    };
  }
}
