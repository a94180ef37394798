package dev.banyan.host;

import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Not thread-safe while it is filled: values by dotted places of a tenant's settings. Finding those
 * whose place is set takes as many steps as the settings have keys, however many places there are.
 */
final class FeatureTree<T> {
  /** With so few places it is not worth it to list the settings' keys. */
  private static final int FEW = 8;

  private final Map<String, FeatureTree<T>> next = new HashMap<>();
  private final List<T> values = new ArrayList<>(1);

  void add(List<String> place, T value) {
    FeatureTree<T> node = this;
    for (String key : place) {
      node = node.next.computeIfAbsent(key, _ -> new FeatureTree<>());
    }
    node.values.add(value);
  }

  boolean isEmpty() {
    return next.isEmpty();
  }

  /** Shows each value whose place holds anything but nil and false. */
  void find(View settings, Consumer<T> found) {
    for (String key : next.size() <= FEW ? next.keySet() : settings.keys()) {
      FeatureTree<T> node = next.get(key);
      Object value = node == null ? null : settings.get(key);
      if (node != null && value != null && !Boolean.FALSE.equals(value)) {
        node.values.forEach(found);
        if (value instanceof View deeper && !node.next.isEmpty()) {
          node.find(deeper, found);
        }
      }
    }
  }
}
