package dev.banyan.lua.seam;

import dev.banyan.api.View;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by its machine's thread: a Lua table as a port sees it, metatables honoured. */
final class TableView implements View {
  /** The most entries that one snapshot copies, over all depths. */
  static final int MAX_SNAPSHOT = 10_000;

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
  public List<Object> otherKeys() {
    List<Object> keys = new ArrayList<>();
    int length = table.rawlen();
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      LuaValue key = entry.arg1();
      if (key.type() == LuaValue.TBOOLEAN) {
        keys.add(key.toboolean());
      } else if (key.type() == LuaValue.TNUMBER && !isPosition(key.todouble(), length)) {
        keys.add(key.todouble());
      }
      entry = table.next(key);
    }
    return keys;
  }

  /** Whether a number is one of a list's positions. */
  static boolean isPosition(double key, int length) {
    return key >= 1 && key <= length && key == Math.rint(key);
  }

  @Override
  public @Nullable Object other(Object key) {
    return switch (key) {
      case Boolean flag -> JavaValues.toJava(table.get(LuaValue.valueOf(flag)));
      case Number number -> JavaValues.toJava(table.get(LuaNumbers.of(number.doubleValue())));
      default -> null;
    };
  }

  @Override
  public View snapshot(int maxEntries) {
    return TableCopy.of(table, maxEntries);
  }
}
