package dev.banyan.benchmarks.edge;

import dev.banyan.lua.LuaText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one engine: {@code ngx.var}, {@code ngx.header} and {@code ngx.arg}, tables whose fields
 * a request brings along. Both engines' ways to read and write a table end here.
 */
final class FieldTable extends LuaTable {
  private final boolean headers;
  private final Map<LuaValue, LuaValue> canonical = new HashMap<>();
  private final Map<LuaValue, LuaValue> written = new HashMap<>();
  private Map<LuaValue, LuaValue> given = Map.of();

  private FieldTable(boolean headers) {
    this.headers = headers;
  }

  /** Fields by their exact names. */
  static FieldTable exact() {
    return new FieldTable(false);
  }

  /** Fields whose names ignore case and take underscores for dashes. */
  static FieldTable headers() {
    return new FieldTable(true);
  }

  /** Starts over with the fields of another request. */
  void reset(Map<LuaValue, LuaValue> fields) {
    written.clear();
    given = fields;
  }

  /** What was set, by name. */
  Map<String, String> changes() {
    Map<String, String> changes = new TreeMap<>();
    written.forEach((name, value) -> changes.put(LuaText.latin1(name), text(value)));
    return changes;
  }

  private static String text(LuaValue value) {
    if (value instanceof LuaTable list) {
      StringBuilder items = new StringBuilder();
      for (int i = 1; i <= list.length(); i++) {
        items.append(LuaText.latin1(list.get(i))).append('|');
      }
      return items.toString();
    }
    return LuaText.latin1(value);
  }

  private LuaValue name(LuaValue key) {
    if (!headers) {
      return key;
    }
    LuaValue known = canonical.get(key);
    if (known == null) {
      known = LuaText.of(LuaText.latin1(key).toLowerCase(Locale.ROOT).replace('_', '-'));
      canonical.put(key instanceof LuaString s ? LuaText.of(LuaText.latin1(s)) : key, known);
    }
    return known;
  }

  @Override
  public LuaValue rawget(LuaValue key) {
    LuaValue name = name(key);
    LuaValue value = written.get(name);
    return value != null ? value : given.getOrDefault(name, NIL);
  }

  @Override
  public void rawset(LuaValue key, LuaValue value) {
    written.put(name(key), value);
  }

  @Override
  public LuaValue get(LuaValue key) {
    return rawget(key);
  }

  @Override
  public LuaValue get(int key) {
    return rawget(LuaValue.valueOf(key));
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    rawset(key, value);
  }
}
