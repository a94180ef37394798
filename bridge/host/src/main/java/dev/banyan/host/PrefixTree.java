package dev.banyan.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe while it is filled: values by prefix. Finding those of a text takes as many steps
 * as the text has characters in common with the prefixes, however many there are.
 */
final class PrefixTree<T> {
  private final Node<T> root = new Node<>();

  private static final class Node<T> {
    private final Map<Character, Node<T>> next = new HashMap<>(2);
    private final List<T> values = new ArrayList<>(1);
  }

  void add(String prefix, T value) {
    Node<T> node = root;
    for (int i = 0; i < prefix.length(); i++) {
      node = node.next.computeIfAbsent(prefix.charAt(i), _ -> new Node<>());
    }
    node.values.add(value);
  }

  /** Shows each value whose prefix the text begins with. */
  void find(String text, Consumer<T> found) {
    Node<T> node = root;
    node.values.forEach(found);
    for (int i = 0; i < text.length(); i++) {
      @Nullable Node<T> child = node.next.get(text.charAt(i));
      if (child == null) {
        return;
      }
      node = child;
      node.values.forEach(found);
    }
  }
}
