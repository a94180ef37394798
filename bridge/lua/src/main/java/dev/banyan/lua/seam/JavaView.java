package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For any thread, as long as nobody changes the value: what a port has put into {@code ngx.ctx}, as
 * the next port sees it: as it would see the Lua table that the value is going to be.
 *
 * <p>Tables within it are looked at again and again, so that the views of the last ones are kept.
 */
public final class JavaView implements View {
  /** How many views of tables within it are kept at most, a power of two. */
  private static final int MOST_KEPT = 64;

  /** How many places one may be kept in. */
  private static final int LOOKS = 3;

  private final Object raw;
  private final Map<?, ?> fields;

  /**
   * Each where its key's hash or its position says, or next to it. Written without order: a race
   * costs another view, and whoever sees this object early sees no array.
   */
  private @Nullable JavaView @Nullable [] within;

  private JavaView(Object raw, Map<?, ?> fields) {
    this.raw = raw;
    this.fields = fields;
  }

  /** A map as a table of its keys. */
  public static JavaView of(Map<?, ?> map) {
    return new JavaView(map, map);
  }

  /** A list as a table of positions. */
  public static JavaView of(List<?> list) {
    return new JavaView(list, Map.of());
  }

  /** What a port knows of an object of the legacy's. */
  private static JavaView ofLegacy(Legacy legacy) {
    return new JavaView(legacy, legacy.standIn());
  }

  /** A string, number, boolean or view of what a port set. */
  static @Nullable Object of(@Nullable Object value) {
    if (isPlain(value)) {
      return value;
    }
    // no switch: that would tell types apart by calls that the compiler doesn't see through
    if (value instanceof Map<?, ?> map) {
      return of(map);
    }
    if (value instanceof Legacy legacy) {
      return legacy.derived(JavaView.class, JavaView::ofLegacy);
    }
    if (value instanceof List<?> list) {
      return of(list);
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }

  /** Whether it is seen as it is, as most values are. */
  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Double;
  }

  /** What the port set. */
  Object raw() {
    return raw;
  }

  @Override
  public @Nullable Object get(String key) {
    int hash = key.hashCode();
    return seen(fields.get(key), hash ^ hash >>> 16);
  }

  @Override
  public @Nullable Object at(int index) {
    if (raw instanceof List<?> items) {
      return index >= 1 && index <= items.size() ? seen(items.get(index - 1), index) : null;
    }
    Object value = fields.get((double) index);
    if (value == null) {
      value = fields.get(index);
    }
    return seen(value == null ? fields.get((long) index) : value, index);
  }

  /** As {@link #of(Object)}, by the view that is kept when there is one of the same object. */
  @SuppressWarnings("ReferenceEquality") // an equal table is another one
  private @Nullable Object seen(@Nullable Object value, int place) {
    if (isPlain(value)) {
      return value;
    }
    @Nullable JavaView @Nullable [] kept = within;
    for (int i = 0; kept != null && i < LOOKS; i++) {
      JavaView known = kept[(place + i) & (kept.length - 1)];
      if (known != null && known.raw == value) {
        return known;
      }
    }
    Object made = of(value);
    if (made instanceof JavaView view && view.raw == value) {
      keep(view, place);
    }
    return made;
  }

  private void keep(JavaView view, int place) {
    @Nullable JavaView @Nullable [] kept = within;
    if (kept == null) {
      int room = raw instanceof List<?> items ? items.size() : fields.size();
      kept =
          new @Nullable JavaView[Math.min(MOST_KEPT, 2 * Integer.highestOneBit(Math.max(1, room)))];
      within = kept;
    }
    for (int i = 0; i < LOOKS; i++) {
      int at = (place + i) & (kept.length - 1);
      if (kept[at] == null) {
        kept[at] = view;
        return;
      }
    }
    kept[place & (kept.length - 1)] = view;
  }

  @Override
  public int length() {
    if (raw instanceof List<?> items) {
      return items.size();
    }
    int length = 0;
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
  public List<Object> otherKeys() {
    List<Object> keys = new ArrayList<>();
    int length = raw instanceof List ? 0 : length();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (field.getValue() == null) {
        continue;
      }
      if (field.getKey() instanceof Number key
          && !TableView.isPosition(key.doubleValue(), length)) {
        keys.add(key.doubleValue());
      } else if (field.getKey() instanceof Boolean key) {
        keys.add(key);
      }
    }
    return keys;
  }

  @Override
  public @Nullable Object other(Object key) {
    if (!(key instanceof Double number)) {
      return of(fields.get(key));
    }
    return number == (int) (double) number
        ? at((int) (double) number)
        : of(fields.containsKey(key) ? fields.get(key) : fields.get((long) (double) number));
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
    Map<Object, @Nullable Object> others = new HashMap<>();
    for (Object key : view.otherKeys()) {
      others.put(key, copy(view.other(key), budget, depth));
    }
    return CopiedView.owning(copied, list, others);
  }

  private static @Nullable Object copy(@Nullable Object value, int[] budget, int depth) {
    if (--budget[0] < 0) {
      throw new IllegalStateException("a value of ngx.ctx is too large to be copied");
    }
    if (value instanceof JavaView inner) {
      return depth >= Plain.MAX_DEPTH ? null : copy(inner, budget, depth + 1);
    }
    return value instanceof View other ? other.snapshot(budget[0]) : value;
  }
}
