package dev.banyan.lua.ngx.resty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one worker: the entries of one {@code resty.lrucache}, at most as many as it was made
 * for.
 */
final class LruCache {
  private static final double NEVER = -1;

  private final int capacity;
  private final LinkedHashMap<LuaValue, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  LruCache(int capacity) {
    this.capacity = capacity;
  }

  /** A value with its time of expiry in seconds, or less than zero for none. */
  record Entry(LuaValue value, double expires, long flags) {
    boolean expiredAt(double now) {
      return expires >= 0 && expires < now;
    }
  }

  int capacity() {
    return capacity;
  }

  int count() {
    return entries.size();
  }

  @Nullable Entry get(LuaValue key) {
    return entries.get(key);
  }

  void set(LuaValue key, LuaValue value, double expires, long flags) {
    Entry entry = new Entry(value, expires, flags);
    if (entries.put(key, entry) == null && entries.size() > capacity) {
      entries.pollFirstEntry();
    }
  }

  void set(LuaValue key, LuaValue value, long flags) {
    set(key, value, NEVER, flags);
  }

  boolean delete(LuaValue key) {
    return entries.remove(key) != null;
  }

  void clear() {
    entries.clear();
  }

  /** The keys, most recently used first, at most {@code most}. */
  List<LuaValue> keys(int most) {
    List<LuaValue> keys = new ArrayList<>();
    for (Map.Entry<LuaValue, Entry> entry : entries.reversed().entrySet()) {
      if (keys.size() == most) {
        break;
      }
      keys.add(entry.getKey());
    }
    return keys;
  }
}
