package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values without their order. */
final class Orders {
  private Orders() {}

  static List<String> ofText(String text) {
    List<String> parts = new ArrayList<>(Arrays.asList(text.strip().split("\\s*,\\s*|\\s+")));
    parts.sort(Comparator.naturalOrder());
    return parts;
  }

  static List<@Nullable Object> ofList(List<?> list) {
    List<@Nullable Object> parts = new ArrayList<>(list);
    parts.sort(Comparator.comparing(String::valueOf));
    return parts;
  }
}
