package dev.banyan.nginx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its builder, then read-only: names with a wildcard at one end. The longest that fits
 * wins, and one at the front wins over one at the back.
 */
final class HostnameTree<T> {
  private final Map<String, T> bySuffix = new HashMap<>();
  private final Map<String, T> byPrefix = new HashMap<>();

  /** {@code *.example.com}: the suffix starts with its dot. */
  boolean leading(String suffix, T value) {
    return bySuffix.putIfAbsent(suffix, value) == null;
  }

  /** {@code www.example.*}: the prefix ends with its dot. */
  boolean trailing(String prefix, T value) {
    return byPrefix.putIfAbsent(prefix, value) == null;
  }

  @Nullable T find(String name) {
    int front = bySuffix.isEmpty() ? -1 : name.indexOf('.');
    for (int dot = front; dot >= 0; dot = name.indexOf('.', dot + 1)) {
      T value = bySuffix.get(name.substring(dot));
      if (value != null) {
        return value;
      }
    }
    int back = byPrefix.isEmpty() ? -1 : name.lastIndexOf('.');
    for (int dot = back; dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      T value = byPrefix.get(name.substring(0, dot + 1));
      if (value != null && dot + 1 < name.length()) {
        return value;
      }
    }
    return null;
  }
}
