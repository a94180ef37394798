package dev.banyan.lua.seam;

import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: what a Lua table held when it was copied. */
record CopiedView(Map<String, @Nullable Object> fields, List<@Nullable Object> items)
    implements View {
  CopiedView {
    fields = Collections.unmodifiableMap(new HashMap<>(fields));
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  @Override
  public @Nullable Object get(String key) {
    return fields.get(key);
  }

  @Override
  public @Nullable Object at(int index) {
    return index >= 1 && index <= items.size() ? items.get(index - 1) : null;
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
  public View snapshot(int maxEntries) {
    return this;
  }
}
