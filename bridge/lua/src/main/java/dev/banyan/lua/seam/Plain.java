package dev.banyan.lua.seam;

import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: writes a value without views, so that two sides' values are equal when Lua can't tell
 * them apart: a table of positions alone is a list, any other a map by key, and an empty one an
 * empty map.
 */
public final class Plain {
  private Plain() {}

  /** The value without views. */
  public static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case CopiedView copy -> copy.plain();
      case View view -> ofView(view);
      case Map<?, ?> map -> map(map);
      case List<?> list -> list.isEmpty() ? Map.of() : list(list);
      case Number number -> number.doubleValue();
      case null, default -> value;
    };
  }

  /** Each of them without views. */
  public static List<@Nullable Object> list(List<?> values) {
    List<@Nullable Object> plain = new ArrayList<>(values.size());
    values.forEach(value -> plain.add(of(value)));
    return Collections.unmodifiableList(plain);
  }

  /** Its values without views, by their keys as text. */
  public static Map<String, @Nullable Object> map(Map<?, ?> values) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    values.forEach((key, value) -> plain.put(String.valueOf(key), of(value)));
    return Collections.unmodifiableMap(plain);
  }

  /** What a view shows, without views. */
  static Object ofView(View view) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 1; i <= view.length(); i++) {
      items.add(of(view.at(i)));
    }
    List<String> keys = view.keys();
    if (keys.isEmpty() && !items.isEmpty()) {
      return Collections.unmodifiableList(items);
    }
    Map<String, @Nullable Object> fields = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      fields.put(Integer.toString(i + 1), items.get(i));
    }
    keys.forEach(key -> fields.put(key, of(view.get(key))));
    return Collections.unmodifiableMap(fields);
  }
}
