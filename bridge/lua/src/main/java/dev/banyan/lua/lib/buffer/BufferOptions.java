package dev.banyan.lua.lib.buffer;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What a buffer abbreviates in its encodings: known strings and known metatables, by index. */
final class BufferOptions {
  static final BufferOptions NONE = new BufferOptions();

  private static final LuaString DICT = LuaText.of("dict");
  private static final LuaString METATABLE = LuaText.of("metatable");

  private final List<LuaValue> strings = new ArrayList<>();
  private final List<LuaValue> metatables = new ArrayList<>();
  private final Map<LuaValue, Integer> stringIndex = new HashMap<>();
  private final Map<LuaValue, Integer> metatableIndex = new HashMap<>();

  private BufferOptions() {}

  static BufferOptions of(LuaTable table) {
    BufferOptions options = new BufferOptions();
    read(table.get(DICT), options.strings, options.stringIndex);
    read(table.get(METATABLE), options.metatables, options.metatableIndex);
    return options;
  }

  private static void read(LuaValue list, List<LuaValue> values, Map<LuaValue, Integer> index) {
    if (list.isnil()) {
      return;
    }
    if (!(list instanceof LuaTable table)) {
      throw LuaErrors.raise("bad options table");
    }
    for (int i = 1; !table.rawget(i).isnil(); i++) {
      index.putIfAbsent(table.rawget(i), values.size());
      values.add(table.rawget(i));
    }
  }

  /** The index of a string, or -1. */
  int string(LuaString text) {
    return stringIndex.getOrDefault(text, -1);
  }

  /** The index of a metatable, or -1. */
  int metatable(LuaTable metatable) {
    return metatableIndex.getOrDefault(metatable, -1);
  }

  LuaValue string(int index) {
    return at(strings, index);
  }

  LuaValue metatable(int index) {
    return at(metatables, index);
  }

  private static LuaValue at(List<LuaValue> values, int index) {
    if (index < 0 || index >= values.size()) {
      throw LuaErrors.raise("bad dictionary index");
    }
    return values.get(index);
  }
}
