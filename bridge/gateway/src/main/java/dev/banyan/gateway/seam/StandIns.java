package dev.banyan.gateway.seam;

import dev.banyan.api.Legacy;
import dev.banyan.lua.seam.Plain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the control's own objects where a candidate named them by their stand-ins. */
final class StandIns {
  private StandIns() {}

  /**
   * The candidate's value, in which each {@link Legacy} that agrees with what the control has at
   * its place is the control's value, and any other its stand-in.
   */
  static @Nullable Object resolve(@Nullable Object value, @Nullable Object control) {
    return switch (value) {
      case Legacy legacy -> agrees(legacy, control) ? control : legacy.standIn();
      case List<?> list -> list(list, control instanceof List<?> l ? l : List.of());
      case Map<?, ?> map -> map(map, control instanceof Map<?, ?> m ? m : Map.of());
      case null, default -> value;
    };
  }

  static List<@Nullable Object> list(List<?> values, List<?> control) {
    List<@Nullable Object> resolved = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      resolved.add(resolve(values.get(i), i < control.size() ? control.get(i) : null));
    }
    return resolved;
  }

  private static Map<?, ?> map(Map<?, ?> values, Map<?, ?> control) {
    if (!hasStandIns(values)) {
      return values;
    }
    Map<Object, @Nullable Object> resolved = new HashMap<>();
    values.forEach((key, value) -> resolved.put(key, resolve(value, control.get(key))));
    return resolved;
  }

  private static boolean hasStandIns(@Nullable Object value) {
    return switch (value) {
      case Legacy _ -> true;
      case List<?> list -> list.stream().anyMatch(StandIns::hasStandIns);
      case Map<?, ?> map -> map.values().stream().anyMatch(StandIns::hasStandIns);
      case null, default -> false;
    };
  }

  /**
   * Whether the fields that both hold are equal, and there are some. A field that the control's
   * object lacks may be one that its metatable computes; one that the stand-in lacks may be what
   * the legacy keeps in its object for itself.
   */
  private static boolean agrees(Legacy legacy, @Nullable Object control) {
    Map<String, @Nullable Object> standIn = Plain.map(legacy.standIn());
    if (!(control instanceof Map<?, ?> object)) {
      return false;
    }
    boolean common = false;
    for (Map.Entry<String, @Nullable Object> field : standIn.entrySet()) {
      Object own = object.get(field.getKey());
      if (own != null && !own.equals(field.getValue())) {
        return false;
      }
      common |= own != null;
    }
    return common || (standIn.isEmpty() && object.isEmpty());
  }
}
