package dev.banyan.transport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filled once: what belongs to a server name. As nginx chooses: exact, then the longest {@code
 * *.suffix}, then the longest {@code prefix.*}, then the first.
 */
final class TlsNames<V> {
  private final Map<String, V> byName = new HashMap<>();
  private final V first;

  TlsNames(V first) {
    this.first = first;
  }

  void put(String name, V value) {
    byName.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
  }

  V find(@Nullable String name) {
    if (name == null || byName.isEmpty()) {
      return first;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    V exact = byName.get(lower);
    if (exact != null) {
      return exact;
    }
    for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
      V wildcard = byName.get("*" + lower.substring(dot));
      if (wildcard != null) {
        return wildcard;
      }
    }
    for (int dot = lower.lastIndexOf('.'); dot > 0; dot = lower.lastIndexOf('.', dot - 1)) {
      V wildcard = byName.get(lower.substring(0, dot) + ".*");
      if (wildcard != null) {
        return wildcard;
      }
    }
    return first;
  }
}
