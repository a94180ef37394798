package dev.banyan.lua.seam;

import dev.banyan.lua.FunctionPlaces;
import dev.banyan.lua.LuaText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one recorded call: copies Lua's values whole, and tells what can't be copied instead of
 * leaving it out in silence. Tables of positions become lists, others maps whose keys are strings
 * and doubles; fields that a table inherits from a table are copied as its own.
 */
final class PlainCopy {
  /** The most values that one call's copies hold. */
  static final int MAX_VALUES = 5_000;

  /** What places of {@code ngx.ctx} begin with. */
  static final String CTX = "ctx";

  /** What places of arguments begin with. */
  static final String ARGUMENT = "argument";

  private static final int MAX_DEPTH = 12;

  private final Set<String> members;
  private final Set<String> opaque = new TreeSet<>();
  private final Map<String, Map<String, String>> methods = new TreeMap<>();
  private int budget = MAX_VALUES;

  /**
   * Copies.
   *
   * @param members the names by which fields that a function computes ({@code __index}) are asked
   *     for
   */
  PlainCopy(Set<String> members) {
    this.members = members;
  }

  /** The places of values that only Lua can hold, and of those that were too much. */
  Set<String> opaque() {
    return opaque;
  }

  /** By the places of tables that inherit functions: where those are written, by their names. */
  Map<String, Map<String, String>> methods() {
    return methods;
  }

  private void method(String where, String name, LuaValue value) {
    String place = value instanceof LuaFunction function ? FunctionPlaces.of(function) : null;
    if (place != null) {
      methods.computeIfAbsent(where, _ -> new TreeMap<>()).put(name, place);
    }
  }

  /** Copies each; {@code where} names the places. */
  List<@Nullable Object> list(Varargs values, String where) {
    List<@Nullable Object> copies = new ArrayList<>(values.narg());
    for (int i = 1; i <= values.narg(); i++) {
      copies.add(of(values.arg(i), where + " " + i));
    }
    return Collections.unmodifiableList(copies);
  }

  /** The fields of a table. */
  Map<String, @Nullable Object> fields(LuaTable table, String where) {
    Map<String, @Nullable Object> copies = new TreeMap<>();
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      LuaValue key = entry.arg1();
      if (key.type() == LuaValue.TSTRING) {
        String name = LuaText.latin1(key);
        copies.put(name, of(entry.arg(2), where + " " + name));
      }
      entry = table.next(key);
    }
    return Collections.unmodifiableMap(copies);
  }

  /** Those fields of a table that can be copied whole; functions are no part of it. */
  Map<String, @Nullable Object> wholeFields(LuaTable table) {
    Map<String, @Nullable Object> copies = new TreeMap<>();
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      if (entry.arg1().type() == LuaValue.TSTRING) {
        opaque.clear();
        Object copy = of(entry.arg(2), "field");
        if (copy != null && opaque.isEmpty()) {
          copies.put(LuaText.latin1(entry.arg1()), copy);
        }
      }
      entry = table.next(entry.arg1());
    }
    return Collections.unmodifiableMap(copies);
  }

  @Nullable Object of(LuaValue value, String where) {
    return of(value, where, 0);
  }

  private @Nullable Object of(LuaValue value, String where, int depth) {
    if (--budget < 0) {
      opaque.add(where + ": more than " + MAX_VALUES + " values");
      return null;
    }
    return switch (value.type()) {
      case LuaValue.TNIL -> null;
      case LuaValue.TSTRING -> LuaText.latin1(value);
      case LuaValue.TNUMBER -> value.todouble();
      case LuaValue.TBOOLEAN -> value.toboolean();
      case LuaValue.TTABLE -> table((LuaTable) value, where, depth);
      default -> {
        opaque.add(where + ": a " + value.typename());
        yield null;
      }
    };
  }

  private @Nullable Object table(LuaTable table, String where, int depth) {
    if (depth >= MAX_DEPTH) {
      opaque.add(where + ": deeper than " + MAX_DEPTH + " tables, or a table that holds itself");
      return null;
    }
    int length = table.rawlen();
    Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
    inherited(table, where, depth, fields);
    own(table, length, where, depth, fields);
    if (fields.isEmpty() && length > 0) {
      return items(table, length, where, depth);
    }
    for (int i = 1; i <= length; i++) {
      fields.put((double) i, of(table.rawget(i), where + "[" + i + "]", depth + 1));
    }
    return Collections.unmodifiableMap(fields);
  }

  private List<@Nullable Object> items(LuaTable table, int length, String where, int depth) {
    List<@Nullable Object> items = new ArrayList<>(length);
    for (int i = 1; i <= length && budget >= 0; i++) {
      items.add(of(table.rawget(i), where + "[" + i + "]", depth + 1));
    }
    return Collections.unmodifiableList(items);
  }

  private void own(
      LuaTable table, int length, String where, int depth, Map<Object, @Nullable Object> fields) {
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil() && budget >= 0; ) {
      LuaValue key = entry.arg1();
      String place = where + "." + LuaText.latin1(key.tostring());
      if (key.type() == LuaValue.TSTRING) {
        fields.put(LuaText.latin1(key), of(entry.arg(2), place, depth + 1));
      } else if (key.type() != LuaValue.TNUMBER) {
        opaque.add(where + ": a key that is a " + key.typename());
      } else if (!isItem(key.todouble(), length)) {
        fields.put(key.todouble(), of(entry.arg(2), place, depth + 1));
      }
      entry = table.next(key);
    }
  }

  private static boolean isItem(double key, int length) {
    return key >= 1 && key <= length && key == Math.rint(key);
  }

  private void inherited(
      LuaTable table, String where, int depth, Map<Object, @Nullable Object> fields) {
    LuaValue metatable = table.getmetatable();
    LuaValue index = metatable == null ? LuaValue.NIL : metatable.rawget(LuaValue.INDEX);
    if (index instanceof LuaTable parent) {
      for (Varargs entry = parent.next(LuaValue.NIL); !entry.arg1().isnil() && budget >= 0; ) {
        LuaValue key = entry.arg1();
        if (key.type() == LuaValue.TSTRING && isPlain(entry.arg(2))) {
          fields.put(LuaText.latin1(key), of(entry.arg(2), where, depth + 1));
        } else if (key.type() == LuaValue.TSTRING) {
          method(where, LuaText.latin1(key), entry.arg(2));
        }
        entry = parent.next(key);
      }
    } else if (index.isfunction()) {
      computed(table, where, depth, fields);
    }
  }

  /** Fields that a function computes can't be listed: those that the module names are asked for. */
  private void computed(
      LuaTable table, String where, int depth, Map<Object, @Nullable Object> fields) {
    for (String name : members) {
      LuaValue value = table.get(LuaText.of(name));
      if (value.isfunction()) {
        method(where, name, value);
      } else if (!value.isnil()) {
        fields.put(name, of(value, where + "." + name, depth + 1));
      }
    }
  }

  private static boolean isPlain(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TSTRING, LuaValue.TNUMBER, LuaValue.TBOOLEAN -> true;
      default -> false;
    };
  }
}
