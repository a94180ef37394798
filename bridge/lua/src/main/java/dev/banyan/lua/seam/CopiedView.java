package dev.banyan.lua.seam;

import dev.banyan.api.View;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: what a Lua table held when it was copied. */
final class CopiedView implements View {
  private final Map<String, @Nullable Object> fields;
  private final List<@Nullable Object> items;
  private final Map<Object, @Nullable Object> others;
  private @Nullable Object plain;

  private CopiedView(
      Map<String, @Nullable Object> fields,
      List<@Nullable Object> items,
      Map<Object, @Nullable Object> others) {
    this.fields = fields;
    this.items = items;
    this.others = others;
  }

  /** Takes all over: nobody else may change them. */
  static CopiedView owning(
      Map<String, @Nullable Object> fields,
      List<@Nullable Object> items,
      Map<Object, @Nullable Object> others) {
    return new CopiedView(
        fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(fields),
        items.isEmpty() ? List.of() : Collections.unmodifiableList(items),
        others.isEmpty() ? Map.of() : Collections.unmodifiableMap(others));
  }

  /** The same without views; threads that ask first together may each make one. */
  Object plain() {
    Object known = plain;
    if (known == null) {
      known = Plain.ofView(this);
      plain = known;
    }
    return known;
  }

  @Override
  public @Nullable Object get(String key) {
    return fields.get(key);
  }

  @Override
  public @Nullable Object at(int index) {
    if (index >= 1 && index <= items.size()) {
      return items.get(index - 1);
    }
    return others.isEmpty() ? null : others.get((double) index);
  }

  @Override
  public int length() {
    return items.size();
  }

  @Override
  public List<String> keys() {
    return List.copyOf(fields.keySet());
  }

  @Override
  public List<Object> otherKeys() {
    return List.copyOf(others.keySet());
  }

  @Override
  public @Nullable Object other(Object key) {
    return others.get(key);
  }

  @Override
  public View snapshot(int maxEntries) {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CopiedView view
        && fields.equals(view.fields)
        && items.equals(view.items)
        && others.equals(view.others);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * fields.hashCode() + items.hashCode()) + others.hashCode();
  }

  @Override
  public String toString() {
    return "CopiedView[fields=" + fields + ", items=" + items + ", others=" + others + "]";
  }
}
