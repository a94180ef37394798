package dev.banyan.vectors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lua's plain values as JSON and back: octets as characters up to 255, a table of positions as a
 * list, any other as an object. A key that is a number is written {@code #1.5}, a string key that
 * begins with {@code #} with one more; a number that JSON lacks as {@code {"#number": "NaN"}}.
 */
final class ValueJson {
  private static final String MARK = "#";
  private static final String NUMBER = "#number";

  private ValueJson() {}

  static @Nullable Object write(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map(map);
      case Collection<?> list -> list.stream().<@Nullable Object>map(ValueJson::write).toList();
      case Double number when number.isNaN() || number.isInfinite() ->
          Map.of(NUMBER, number.toString());
      case Double number when isWhole(number) -> number.longValue();
      case null, default -> value;
    };
  }

  /** Whether it is written without a point; zero below zero, which Lua shows as such, is not. */
  static boolean isWhole(double number) {
    return number == Math.rint(number)
        && Math.abs(number) < 1e15
        && (number != 0 || Double.compare(number, 0) == 0);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    map.forEach((key, value) -> tree.put(key(key), write(value)));
    return tree;
  }

  private static String key(Object key) {
    if (key instanceof Number number) {
      return MARK + number.doubleValue();
    }
    String text = String.valueOf(key);
    return text.startsWith(MARK) ? MARK + text : text;
  }

  static @Nullable Object read(JsonNode node) {
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(item -> list.add(read(item)));
      return Collections.unmodifiableList(list);
    }
    if (node.isObject()) {
      return node.size() == 1 && node.has(NUMBER)
          ? (Object) Double.valueOf(node.path(NUMBER).asString())
          : map(node);
    }
    if (node.isNumber()) {
      return node.asDouble();
    }
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    return node.isString() ? node.asString() : null;
  }

  private static Map<Object, @Nullable Object> map(JsonNode node) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = entry.getKey();
      boolean number = key.startsWith(MARK) && !key.startsWith(MARK + MARK);
      boolean escaped = key.startsWith(MARK + MARK);
      map.put(
          number ? (Object) Double.valueOf(key.substring(1)) : escaped ? key.substring(1) : key,
          read(entry.getValue()));
    }
    return Collections.unmodifiableMap(map);
  }

  /** The values of an object whose keys are names. */
  static Map<String, @Nullable Object> named(JsonNode node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map(node).forEach((key, value) -> map.put(String.valueOf(key), value));
    return map;
  }

  /** The values of a list. */
  static List<@Nullable Object> list(JsonNode node) {
    List<@Nullable Object> list = new ArrayList<>();
    node.forEach(item -> list.add(read(item)));
    return list;
  }
}
