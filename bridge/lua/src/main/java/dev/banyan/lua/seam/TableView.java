package dev.banyan.lua.seam;

import dev.banyan.api.View;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.LuaText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by its machine's thread: a Lua table as a port sees it, metatables honoured. */
final class TableView implements View {
  /** The most entries that one snapshot copies, over all depths. */
  static final int MAX_SNAPSHOT = 10_000;

  private static final int MAX_DEPTH = 16;

  private final LuaTable table;

  TableView(LuaTable table) {
    this.table = table;
  }

  LuaTable table() {
    return table;
  }

  @Override
  public @Nullable Object get(String key) {
    return JavaValues.toJava(table.get(KnownTexts.name(key)));
  }

  @Override
  public @Nullable Object at(int index) {
    return JavaValues.toJava(table.get(index));
  }

  @Override
  public int length() {
    return table.rawlen();
  }

  @Override
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      if (entry.arg1().type() == LuaValue.TSTRING) {
        keys.add(LuaText.latin1(entry.arg1()));
      }
      entry = table.next(entry.arg1());
    }
    return keys;
  }

  @Override
  public View snapshot(int maxEntries) {
    return copy(table, new int[] {maxEntries}, 0);
  }

  private static CopiedView copy(LuaTable table, int[] budget, int depth) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    List<@Nullable Object> items = new ArrayList<>();
    int length = table.rawlen();
    for (int i = 1; i <= length; i++) {
      items.add(copy(table.rawget(i), budget, depth));
    }
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      if (entry.arg1().type() == LuaValue.TSTRING) {
        fields.put(LuaText.latin1(entry.arg1()), copy(entry.arg(2), budget, depth));
      }
      entry = table.next(entry.arg1());
    }
    return new CopiedView(fields, items);
  }

  private static @Nullable Object copy(LuaValue value, int[] budget, int depth) {
    if (--budget[0] < 0) {
      throw new IllegalStateException("a table is too large to be copied for a shadowed call");
    }
    if (value instanceof LuaTable inner) {
      return depth >= MAX_DEPTH ? null : copy(inner, budget, depth + 1);
    }
    return JavaValues.toJava(value);
  }
}
