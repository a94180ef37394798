package dev.banyan.gateway;

import dev.banyan.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Owned by one dry run: what each path did, by place, as far as the run has come. */
final class PathPlaces {
  private final Map<String, @Nullable Object> old = new TreeMap<>();
  private final Map<String, @Nullable Object> dry = new TreeMap<>();

  /** A place in both paths. */
  void put(String place, @Nullable Object oldValue, @Nullable Object dryValue) {
    old.put(place, oldValue);
    dry.put(place, dryValue);
  }

  /**
   * The fields of two heads, each name's values in their order, and the order of the names, which
   * tells only when no field differs.
   */
  void head(String what, Headers oldHead, Headers dryHead) {
    fields(what, oldHead, old);
    fields(what, dryHead, dry);
    List<String> oldNames = names(oldHead);
    List<String> dryNames = names(dryHead);
    if (oldNames.stream().sorted().toList().equals(dryNames.stream().sorted().toList())) {
      put(what + ".header order", String.join(", ", oldNames), String.join(", ", dryNames));
    }
  }

  private static void fields(String what, Headers head, Map<String, @Nullable Object> places) {
    for (int i = 0; i < head.size(); i++) {
      String name = head.name(i).toLowerCase(Locale.ROOT);
      places.putIfAbsent(what + ".header " + name, List.copyOf(head.all(name)));
    }
  }

  private static List<String> names(Headers head) {
    List<String> names = new ArrayList<>(head.size());
    head.forEach((name, _) -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }

  /** What the old path did. */
  Map<String, @Nullable Object> old() {
    return old;
  }

  /** What the new one would have done. */
  Map<String, @Nullable Object> dry() {
    return dry;
  }
}
