package dev.banyan.lua.ngx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment that a configuration leaves to Lua: nginx's workers see what {@code env} names
 * and the time zone; {@code init_by_lua}, which runs before they start, sees all.
 *
 * @param set {@code env NAME=value}
 * @param passed {@code env NAME}
 * @param inherited the environment of this process
 */
public record ProcessEnvironment(
    Map<String, String> set, Set<String> passed, Function<String, @Nullable String> inherited) {
  private static final String TIME_ZONE = "TZ";

  /** Copies the collections. */
  public ProcessEnvironment {
    set = Map.copyOf(set);
    passed = Set.copyOf(passed);
  }

  /** What the master process has, with the values that the configuration sets. */
  public @Nullable String ofMaster(String name) {
    String value = set.get(name);
    return value != null ? value : inherited.apply(name);
  }

  /** All that a worker has, for the processes that it starts. */
  public Map<String, String> ofWorkers() {
    Map<String, String> all = new HashMap<>();
    Set<String> names = new HashSet<>(passed);
    names.add(TIME_ZONE);
    for (String name : names) {
      String value = inherited.apply(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    all.putAll(set);
    return all;
  }

  /** What a worker has. */
  public @Nullable String ofWorker(String name) {
    String value = set.get(name);
    if (value != null) {
      return value;
    }
    return passed.contains(name) || name.equals(TIME_ZONE) ? inherited.apply(name) : null;
  }
}
