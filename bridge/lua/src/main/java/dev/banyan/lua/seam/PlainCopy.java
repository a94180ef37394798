package dev.banyan.lua.seam;

import dev.banyan.lua.FunctionPlaces;
import dev.banyan.lua.KnownTexts;
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
import org.luaj.vm2.LuaString;
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

  /** Whether what was copied since this was set is the tables' own and all that they hold. */
  private boolean whole = true;

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

  /**
   * A place in what is copied. Most are never told, so that they are put into words only then.
   *
   * @param above the place that it is in; null for a whole value
   */
  private record Where(@Nullable Where above, String before, Object step, String after) {
    static Where of(String whole) {
      return new Where(null, whole, "", "");
    }

    Where field(LuaValue key) {
      return new Where(this, ".", key, "");
    }

    Where item(int i) {
      return new Where(this, "[", i, "]");
    }

    @Override
    public String toString() {
      String last = step instanceof LuaValue key ? LuaText.latin1(key.tostring()) : step.toString();
      return (above == null ? "" : above.toString()) + before + last + after;
    }
  }

  private void method(Where where, String name, LuaValue value) {
    String place = value instanceof LuaFunction function ? FunctionPlaces.of(function) : null;
    whole = false;
    if (place != null) {
      methods.computeIfAbsent(where.toString(), _ -> new TreeMap<>()).put(name, place);
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
    return isLeaf(value) && budget > 0 ? leaf(value) : of(value, Where.of(where), 0);
  }

  private @Nullable Object field(LuaValue value, Where where, LuaValue key, int depth) {
    return isLeaf(value) && budget > 0 ? leaf(value) : of(value, where.field(key), depth);
  }

  private @Nullable Object item(LuaValue value, Where where, int i, int depth) {
    return isLeaf(value) && budget > 0 ? leaf(value) : of(value, where.item(i), depth);
  }

  private static boolean isLeaf(LuaValue value) {
    return value.isnil() || isPlain(value);
  }

  private @Nullable Object leaf(LuaValue value) {
    budget--;
    return JavaValues.toJava(value);
  }

  private @Nullable Object of(LuaValue value, Where where, int depth) {
    if (--budget < 0) {
      leaveOut(where + ": more than " + MAX_VALUES + " values");
      return null;
    }
    if (value instanceof LuaTable table) {
      return table(table, where, depth);
    }
    if (!isLeaf(value)) {
      leaveOut(where + ": a " + value.typename());
    }
    return JavaValues.toJava(value);
  }

  private void leaveOut(String what) {
    whole = false;
    opaque.add(what);
  }

  private @Nullable Object table(LuaTable table, Where where, int depth) {
    if (depth >= MAX_DEPTH) {
      leaveOut(where + ": deeper than " + MAX_DEPTH + " tables, or a table that holds itself");
      return null;
    }
    TableCopy.Made known = TableCopy.made(table);
    if (known == null || known.values() > budget || depth + known.depth() > MAX_DEPTH) {
      return made(table, where, depth);
    }
    Object remembered = known.whole();
    if (remembered != null) {
      budget -= known.values();
      return remembered;
    }
    boolean others = whole;
    whole = true;
    Object copy = made(table, where, depth);
    if (whole) {
      known.whole(copy);
    }
    whole &= others;
    return copy;
  }

  private Object made(LuaTable table, Where where, int depth) {
    int length = table.rawlen();
    Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
    inherited(table, where, depth, fields);
    own(table, length, where, depth, fields);
    if (fields.isEmpty() && length > 0) {
      return items(table, length, where, depth);
    }
    for (int i = 1; i <= length; i++) {
      fields.put((double) i, item(table.rawget(i), where, i, depth + 1));
    }
    return Collections.unmodifiableMap(fields);
  }

  private List<@Nullable Object> items(LuaTable table, int length, Where where, int depth) {
    List<@Nullable Object> items = new ArrayList<>(length);
    for (int i = 1; i <= length && budget >= 0; i++) {
      items.add(item(table.rawget(i), where, i, depth + 1));
    }
    return Collections.unmodifiableList(items);
  }

  private void own(
      LuaTable table, int length, Where where, int depth, Map<Object, @Nullable Object> fields) {
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil() && budget >= 0; ) {
      LuaValue key = entry.arg1();
      if (key instanceof LuaString name) {
        fields.put(KnownTexts.latin1(name), field(entry.arg(2), where, key, depth + 1));
      } else if (key.type() != LuaValue.TNUMBER) {
        leaveOut(where + ": a key that is a " + key.typename());
      } else if (!TableView.isPosition(key.todouble(), length)) {
        fields.put(key.todouble(), field(entry.arg(2), where, key, depth + 1));
      }
      entry = table.next(key);
    }
  }

  private void inherited(
      LuaTable table, Where where, int depth, Map<Object, @Nullable Object> fields) {
    LuaValue metatable = table.getmetatable();
    LuaValue index = metatable == null ? LuaValue.NIL : metatable.rawget(LuaValue.INDEX);
    whole &= metatable == null;
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
      LuaTable table, Where where, int depth, Map<Object, @Nullable Object> fields) {
    for (String name : members) {
      LuaString key = KnownTexts.of(name);
      LuaValue value = table.get(key);
      if (value.isfunction()) {
        method(where, name, value);
      } else if (!value.isnil()) {
        fields.put(name, field(value, where, key, depth + 1));
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
