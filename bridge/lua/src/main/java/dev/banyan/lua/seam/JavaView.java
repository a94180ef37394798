package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: a value that a port has put into {@code ngx.ctx}, as the next port
 * sees it: as it would see the Lua table that the value is going to be.
 */
public final class JavaView implements View {
  private static final int MAX_DEPTH = 16;

  private final Object raw;
  private final Map<?, ?> fields;
  private final List<?> items;

  private JavaView(Object raw, Map<?, ?> fields, List<?> items) {
    this.raw = raw;
    this.fields = fields;
    this.items = items;
  }

  /** A map as a table of its keys. */
  public static JavaView of(Map<?, ?> map) {
    return new JavaView(map, map, List.of());
  }

  /** A list as a table of positions. */
  public static JavaView of(List<?> list) {
    return new JavaView(list, Map.of(), list);
  }

  /** A string, number, boolean or view of what a port set. */
  static @Nullable Object of(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Double) {
      return value; // as most are
    }
    // no switch: that would tell types apart by calls that the compiler doesn't see through
    if (value instanceof Map<?, ?> map) {
      return of(map);
    }
    if (value instanceof Legacy legacy) {
      return new JavaView(legacy, legacy.standIn(), List.of());
    }
    if (value instanceof List<?> list) {
      return of(list);
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }

  /** What the port set. */
  Object raw() {
    return raw;
  }

  @Override
  public @Nullable Object get(String key) {
    return of(fields.get(key));
  }

  @Override
  public @Nullable Object at(int index) {
    if (index >= 1 && index <= items.size()) {
      return of(items.get(index - 1));
    }
    Object value = fields.get((double) index);
    return of(value == null ? fields.get(index) : value);
  }

  @Override
  public int length() {
    int length = items.size();
    while (!fields.isEmpty() && at(length + 1) != null) {
      length++;
    }
    return length;
  }

  @Override
  public List<String> keys() {
    List<String> keys = new ArrayList<>(fields.size());
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (field.getKey() instanceof String key && field.getValue() != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  @Override
  public View snapshot(int maxEntries) {
    return copy(this, new int[] {maxEntries}, 0);
  }

  private static CopiedView copy(JavaView view, int[] budget, int depth) {
    Map<String, @Nullable Object> copied = new HashMap<>();
    for (String key : view.keys()) {
      copied.put(key, copy(view.get(key), budget, depth));
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 1; i <= view.length(); i++) {
      list.add(copy(view.at(i), budget, depth));
    }
    return CopiedView.owning(copied, list);
  }

  private static @Nullable Object copy(@Nullable Object value, int[] budget, int depth) {
    if (--budget[0] < 0) {
      throw new IllegalStateException("a value of ngx.ctx is too large to be copied");
    }
    if (value instanceof JavaView inner) {
      return depth >= MAX_DEPTH ? null : copy(inner, budget, depth + 1);
    }
    return value instanceof View other ? other.snapshot(budget[0]) : value;
  }
}
