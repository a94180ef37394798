package dev.banyan.lua.seam;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Immutable, for any thread: Lua's values as they were, made Java's where they are asked for. What
 * Lua itself can't change is kept as it is, so that keeping it costs nothing; a table is copied.
 */
public final class KeptValues {
  /** No value. */
  public static final KeptValues NONE = new KeptValues(new @Nullable Object[0]);

  private final @Nullable Object[] kept;

  private KeptValues(@Nullable Object[] kept) {
    this.kept = kept;
  }

  /**
   * Keeps each, on its machine's thread.
   *
   * @throws IllegalStateException when a table holds too much
   */
  static KeptValues of(Varargs values) {
    int count = values.narg();
    if (count == 0) {
      return NONE;
    }
    @Nullable Object[] kept = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      kept[i] = keep(values.arg(i + 1));
    }
    return new KeptValues(kept);
  }

  /** Keeps one, for {@link #java}. */
  static @Nullable Object keep(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TSTRING, LuaValue.TNUMBER, LuaValue.TBOOLEAN -> value;
      case LuaValue.TTABLE -> TableCopy.of((LuaTable) value, TableView.MAX_SNAPSHOT);
      default -> null;
    };
  }

  /** One that was kept, as Java sees it. */
  static @Nullable Object java(@Nullable Object kept) {
    return kept instanceof LuaValue value ? JavaValues.toJava(value) : kept;
  }

  /** All of them, as Java sees them: strings, doubles, booleans, copied views and null. */
  public List<@Nullable Object> list() {
    if (kept.length == 0) {
      return List.of();
    }
    List<@Nullable Object> list = new ArrayList<>(kept.length);
    for (Object value : kept) {
      list.add(java(value));
    }
    return list;
  }
}
