package dev.banyan.testkit;

import dev.banyan.api.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table made of a map or a list; numbers become doubles as in Lua. */
record MapView(Map<String, Object> entries) implements View {
  static MapView of(Map<?, ?> map) {
    Map<String, Object> entries = new HashMap<>();
    map.forEach((key, value) -> entries.put(String.valueOf(key), plain(value)));
    return new MapView(entries);
  }

  static MapView of(List<?> list) {
    Map<String, Object> entries = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      entries.put(Integer.toString(i + 1), plain(list.get(i)));
    }
    return new MapView(entries);
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> inner -> of(inner);
      case List<?> inner -> of(inner);
      case Number number -> number.doubleValue();
      default -> value;
    };
  }

  @Override
  public @Nullable Object get(String key) {
    return entries.get(key);
  }

  @Override
  public @Nullable Object at(int index) {
    return entries.get(Integer.toString(index));
  }

  @Override
  public int length() {
    int n = 0;
    while (entries.containsKey(Integer.toString(n + 1))) {
      n++;
    }
    return n;
  }

  @Override
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public View snapshot(int maxEntries) {
    return this;
  }
}
