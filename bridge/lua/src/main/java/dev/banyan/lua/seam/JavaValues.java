package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import dev.banyan.api.View;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Carries single values across the seam. Tables go as lazy views, never as deep copies; what Java
 * can't see (functions, userdata, threads) arrives as null.
 */
final class JavaValues {
  private JavaValues() {}

  static @Nullable Object toJava(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TSTRING -> KnownTexts.latin1((LuaString) value);
      case LuaValue.TNUMBER -> value.todouble();
      case LuaValue.TBOOLEAN -> value.toboolean();
      case LuaValue.TTABLE -> new TableView((LuaTable) value);
      default -> null;
    };
  }

  static List<@Nullable Object> toJava(Varargs values) {
    int count = values.narg();
    List<@Nullable Object> list = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      list.add(toJava(values.arg(i)));
    }
    return list;
  }

  /** Finds the legacy's own object. */
  @FunctionalInterface
  interface Legacies {
    LuaValue find(Legacy legacy);
  }

  static LuaValue toLua(@Nullable Object value, Legacies legacies) {
    return switch (value) {
      case null -> LuaValue.NIL;
      case String text -> KnownTexts.of(text);
      case Number number -> LuaNumbers.of(number.doubleValue());
      case Boolean flag -> LuaValue.valueOf(flag);
      case TableView view -> view.table();
      case JavaView view -> toLua(view.raw(), legacies);
      case Legacy legacy -> legacies.find(legacy);
      case List<?> list -> list(list, legacies);
      case Map<?, ?> map -> map(map, legacies);
      default -> throw new IllegalArgumentException(unknown(value));
    };
  }

  /**
   * A port's value as Lua's.
   *
   * @throws Unappliable when there is none, or the legacy's own object can't be had
   */
  static LuaValue converted(@Nullable Object value, Legacies legacies) throws Unappliable {
    try {
      return toLua(value, legacies);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new Unappliable(String.valueOf(e.getMessage()));
    } catch (LuaError e) {
      throw new Unappliable("the legacy's object: " + LuaText.latin1(e.getMessageObject()));
    }
  }

  /**
   * Checks that Lua has such a value, without making it.
   *
   * @throws Unappliable when it has none
   */
  static void require(@Nullable Object value) throws Unappliable {
    if (value instanceof String) {
      return; // as most are
    }
    switch (value) {
      case List<?> list -> {
        for (Object item : list) {
          require(item);
        }
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> field : map.entrySet()) {
          require(field.getKey());
          require(field.getValue());
        }
      }
      case String _, Number _, Boolean _, TableView _, JavaView _, Legacy _ -> {
        // as it is
      }
      case null -> {
        // nil
      }
      default -> throw new Unappliable(unknown(value));
    }
  }

  private static String unknown(Object value) {
    return "a port answered a " + value.getClass().getName() + ", which Lua has no value for";
  }

  /**
   * A port's results as Lua's.
   *
   * @throws Unappliable when one has no value in Lua
   */
  static Varargs converted(List<@Nullable Object> values, Legacies legacies) throws Unappliable {
    if (values.size() == 1) {
      return converted(values.getFirst(), legacies);
    }
    LuaValue[] array = new LuaValue[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = converted(values.get(i), legacies);
    }
    return LuaValue.varargsOf(array);
  }

  /** Values that outlive the call. */
  static List<@Nullable Object> lasting(Varargs values) {
    int count = values.narg();
    if (count == 0) {
      return List.of();
    }
    List<@Nullable Object> list = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      list.add(lasting(toJava(values.arg(i))));
    }
    return list;
  }

  /** A value that outlives the call: views are copied. */
  static @Nullable Object lasting(@Nullable Object value) {
    return value instanceof View view ? view.snapshot(TableView.MAX_SNAPSHOT) : value;
  }

  private static LuaValue list(List<?> list, Legacies legacies) {
    Table table = new Table(list.size(), 0);
    for (int i = 0; i < list.size(); i++) {
      table.rawset(i + 1, toLua(list.get(i), legacies));
    }
    return table;
  }

  private static LuaValue map(Map<?, ?> map, Legacies legacies) {
    Table table = new Table(0, map.size());
    map.forEach((key, value) -> table.rawset(toLua(key, legacies), toLua(value, legacies)));
    return table;
  }
}
