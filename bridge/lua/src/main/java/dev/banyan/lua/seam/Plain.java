package dev.banyan.lua.seam;

import dev.banyan.api.View;
import dev.banyan.lua.LuaNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: writes a value without views, so that two sides' values are equal when Lua can't tell
 * them apart by what they hold: a table of positions alone is a list, any other a map by key, and
 * an empty one an empty map.
 *
 * <p>A map's key is the text that is Lua's key. One that is no text stands in brackets, as {@code
 * [3]} or {@code [true]}, and so does a text that begins with one: {@code ["[3]"]}. Positions count
 * as a list only when there is no hole in them, for how long a list with holes is depends on how it
 * was made.
 */
public final class Plain {
  /** How many tables below each other are looked at; what is below those is nothing. */
  static final int MAX_DEPTH = 100;

  private Plain() {}

  /** The value without views. */
  public static @Nullable Object of(@Nullable Object value) {
    return of(value, 0);
  }

  private static @Nullable Object of(@Nullable Object value, int depth) {
    return switch (value) {
      case CopiedView copy when depth == 0 -> copy.plain();
      case View view -> depth > MAX_DEPTH ? null : ofView(view, depth);
      case Map<?, ?> map -> depth > MAX_DEPTH ? null : table(map, depth);
      case List<?> list -> depth > MAX_DEPTH ? null : positions(list, depth);
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
    return ofView(view, 0);
  }

  private static Object ofView(View view, int depth) {
    int length = view.length();
    List<@Nullable Object> items = new ArrayList<>(length);
    for (int i = 1; i <= length; i++) {
      items.add(of(view.at(i), depth + 1));
    }
    List<String> keys = view.keys();
    List<Object> others = view.otherKeys();
    if (keys.isEmpty() && others.isEmpty()) {
      return listed(items);
    }
    Map<String, @Nullable Object> fields = new TreeMap<>();
    numbered(items, fields);
    keys.forEach(key -> put(fields, name(key), of(view.get(key), depth + 1)));
    others.forEach(key -> put(fields, name(key), of(view.other(key), depth + 1)));
    return Collections.unmodifiableMap(fields);
  }

  /** The list that they are, or what they are instead when there are holes among them. */
  private static Object listed(List<@Nullable Object> items) {
    int length = items.size();
    while (length > 0 && items.get(length - 1) == null) {
      length--;
    }
    if (length == 0) {
      return Map.of();
    }
    List<@Nullable Object> values = items.subList(0, length);
    if (!values.contains(null)) {
      return Collections.unmodifiableList(values);
    }
    Map<String, @Nullable Object> fields = new TreeMap<>();
    numbered(values, fields);
    return Collections.unmodifiableMap(fields);
  }

  private static void numbered(List<@Nullable Object> items, Map<String, @Nullable Object> fields) {
    for (int i = 0; i < items.size(); i++) {
      put(fields, "[" + (i + 1) + "]", items.get(i));
    }
  }

  private static void put(
      Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static Object positions(List<?> list, int depth) {
    List<@Nullable Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(of(item, depth + 1));
    }
    return listed(items);
  }

  /** The table that Lua makes of a map. */
  private static Object table(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> fields = new TreeMap<>();
    boolean onlyNumbers = true;
    for (Map.Entry<?, ?> field : map.entrySet()) {
      Object key = field.getKey();
      onlyNumbers &= key instanceof Number;
      put(fields, name(key), of(field.getValue(), depth + 1));
    }
    return onlyNumbers && !fields.isEmpty() ? list(fields) : Collections.unmodifiableMap(fields);
  }

  private static Object list(Map<String, @Nullable Object> fields) {
    List<@Nullable Object> items = new ArrayList<>(fields.size());
    Object item = fields.get("[1]");
    while (item != null) {
      items.add(item);
      item = fields.get("[" + (items.size() + 1) + "]");
    }
    return items.size() == fields.size()
        ? Collections.unmodifiableList(items)
        : Collections.unmodifiableMap(fields);
  }

  /** A key as it is shown. */
  private static String name(@Nullable Object key) {
    return switch (key) {
      case String text -> text.isEmpty() || text.charAt(0) != '[' ? text : "[\"" + text + "\"]";
      case Number number -> "[" + number(number.doubleValue()) + "]";
      case null, default -> "[" + key + "]";
    };
  }

  private static String number(double key) {
    return key == (int) key ? Integer.toString((int) key) : LuaNumbers.formatAsC(key, 17);
  }
}
