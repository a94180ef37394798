package dev.banyan.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes strings (octets), numbers, booleans, lists and maps as Lua and as JSON. */
final class Literals {
  private Literals() {}

  /** A Lua expression for the value. */
  static String lua(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, true);
    return out.toString();
  }

  /** A JSON text for the value. */
  static String json(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, false);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out, boolean lua) {
    switch (value) {
      case null -> out.append(lua ? "nil" : "null");
      case String text -> string(text, out, lua);
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      case List<?> list -> {
        out.append(lua ? '{' : '[');
        String comma = "";
        for (Object item : list) {
          out.append(comma);
          write(item, out, lua);
          comma = ",";
        }
        out.append(lua ? '}' : ']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(comma).append(lua ? "[" : "");
          write(entry.getKey(), out, lua);
          out.append(lua ? "]=" : ":");
          write(entry.getValue(), out, lua);
          comma = ",";
        }
        out.append('}');
      }
      default -> throw new IllegalArgumentException("no literal for a " + value.getClass());
    }
  }

  private static void string(String text, StringBuilder out, boolean lua) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c != 127) {
        out.append(c);
      } else {
        out.append((lua ? "\\%03d" : "\\u%04x").formatted((int) c));
      }
    }
    out.append('"');
  }
}
