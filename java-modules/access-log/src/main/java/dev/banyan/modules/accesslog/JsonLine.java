package dev.banyan.modules.accesslog;

import dev.banyan.modules.edge.LuaText;
import org.jspecify.annotations.Nullable;

/** Confined to one call: a line under construction; what is missing or empty is left out. */
final class JsonLine {
  private static final int MOST_DIGITS = 14;

  private final StringBuilder out = new StringBuilder(512).append('{');

  JsonLine text(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      LuaText.json(value, name(name));
    }
    return this;
  }

  JsonLine number(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      name(name).append(decimal(value));
    }
    return this;
  }

  String end() {
    return out.append("}\n").toString();
  }

  private StringBuilder name(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    return out.append('"').append(name).append("\":");
  }

  private static long decimal(String text) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || i == MOST_DIGITS) {
        throw new IllegalArgumentException("not a plain number: " + text);
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
