package dev.banyan.gateway;

import dev.banyan.api.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Carries what the server did with a live head over to one that ports have changed otherwise. */
final class HeadFollowing {
  private HeadFollowing() {}

  /**
   * The head after the server's change.
   *
   * @param own what the ports have left
   * @param from what Lua has left
   * @param to what the server has made of {@code from}
   */
  static Headers of(Headers own, Headers from, Headers to) {
    String before = from.toString();
    if (own.toString().equals(before)) {
      return to.copy();
    }
    if (before.equals(to.toString())) {
      return own;
    }
    Headers made = to.copy();
    for (String name : names(own, from).values()) {
      List<String> mine = own.all(name);
      boolean left = from.all(name).equals(to.all(name));
      if (left && !mine.equals(to.all(name))) {
        replace(made, name, mine);
      }
    }
    return made;
  }

  private static void replace(Headers head, String name, List<String> values) {
    if (values.isEmpty()) {
      head.remove(name);
      return;
    }
    head.setValue(name, values.getFirst());
    values.stream().skip(1).forEach(value -> head.add(name, value));
  }

  /** The names of both, as the first of them that has one spells it. */
  private static Map<String, String> names(Headers one, Headers other) {
    Map<String, String> names = new TreeMap<>();
    one.forEach((name, _) -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    other.forEach((name, _) -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    return names;
  }
}
