package dev.banyan.host;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal.Entry.DictCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one run of a candidate: a dict that answers from the journal. What the candidate writes
 * lies over it.
 */
final class ReplayedDict implements Dict {
  private static final Set<String> WRITES =
      Set.of("set", "add", "replace", "delete", "incr", "expire");
  private static final double CLOSE = 1e-9;

  private final ReplayedWorld world;
  private final String name;
  private final Map<String, @Nullable Object> overlay = new HashMap<>();

  ReplayedDict(ReplayedWorld world, String name) {
    this.world = world;
    this.name = name;
  }

  static boolean writes(String operation) {
    return WRITES.contains(operation);
  }

  /** An entry in words, without the values. */
  static String words(DictCall call) {
    return call.operation() + " of " + call.key() + " in dict " + call.dict();
  }

  @Override
  public @Nullable Object get(String key) {
    DictCall call = find("get", key);
    if (overlay.containsKey(key)) {
      return overlay.get(key);
    }
    return answered("get", key, call).answer();
  }

  @Override
  public @Nullable String set(String key, @Nullable Object value, double ttl) {
    if (value == null) {
      delete(key);
      return null;
    }
    return store("set", key, value, ttl);
  }

  @Override
  public @Nullable String add(String key, Object value, double ttl) {
    return store("add", key, value, ttl);
  }

  @Override
  public @Nullable String replace(String key, Object value, double ttl) {
    return store("replace", key, value, ttl);
  }

  private @Nullable String store(String operation, String key, Object value, double ttl) {
    Object answer = write(operation, key, value, ttl).answer();
    if (answer == null) {
      overlay.put(key, value);
    }
    return answer instanceof String refusal ? refusal : null;
  }

  @Override
  public void delete(String key) {
    DictCall call = find("delete", key);
    if (call == null) {
      call = world.take(DictCall.class, c -> is(c, "set", key) && argument(c, 0) == null);
    }
    answered("delete", key, call);
    overlay.put(key, null);
  }

  @Override
  public Sum incr(String key, double by, OptionalDouble init, double initTtl) {
    Object start = init.isPresent() ? (Object) init.getAsDouble() : null;
    Object answer = write("incr", key, by, start, initTtl).answer();
    if (answer instanceof Double sum) {
      overlay.put(key, sum);
      return new Sum(sum, null);
    }
    return new Sum(0, String.valueOf(answer));
  }

  @Override
  public OptionalDouble ttl(String key) {
    return answered("ttl", key, find("ttl", key)).answer() instanceof Double left
        ? OptionalDouble.of(left)
        : OptionalDouble.empty();
  }

  @Override
  public boolean expire(String key, double ttl) {
    return Boolean.TRUE.equals(write("expire", key, ttl).answer());
  }

  @Override
  public List<String> keys(int max) {
    List<String> keys = new ArrayList<>();
    if (answered("keys", "", find("keys", "")).answer() instanceof List<?> list) {
      list.forEach(key -> keys.add(String.valueOf(key)));
    }
    return keys;
  }

  private @Nullable DictCall find(String operation, String key) {
    return world.take(DictCall.class, call -> is(call, operation, key));
  }

  private DictCall answered(String operation, String key, @Nullable DictCall call) {
    if (call == null) {
      throw world.unknown(
          "asked for " + operation + " of " + key + " in dict " + name + ", the control did not");
    }
    return call;
  }

  private DictCall write(String operation, String key, @Nullable Object... arguments) {
    DictCall call = answered(operation, key, find(operation, key));
    List<@Nullable Object> given = new ArrayList<>();
    Collections.addAll(given, arguments);
    for (int i = 0; i < given.size(); i++) {
      if (!same(given.get(i), argument(call, i))) {
        world.complain(words(call) + " with another value than the control's");
      }
    }
    return call;
  }

  private boolean is(DictCall call, String operation, String key) {
    return call.dict().equals(name) && call.operation().equals(operation) && call.key().equals(key);
  }

  private static @Nullable Object argument(DictCall call, int index) {
    return index < call.arguments().size() ? call.arguments().get(index) : null;
  }

  /** Equal, where a missing time to live is 0. */
  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number || other instanceof Number) {
      double a = one instanceof Number number ? number.doubleValue() : one == null ? 0 : Double.NaN;
      double b =
          other instanceof Number number ? number.doubleValue() : other == null ? 0 : Double.NaN;
      return Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a));
    }
    return Objects.equals(one, other);
  }
}
