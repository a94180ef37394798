package dev.banyan.lua.seam;

import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one replayed call: makes Lua's values of recorded ones, as {@link PlainCopy} has read
 * them. A table that inherited functions inherits those that are written at the same places.
 */
final class LuaCopy {
  private final Map<String, LuaFunction> functions;
  private final Map<String, Map<String, String>> methods;

  /**
   * Copies.
   *
   * @param functions of this machine, by where they are written
   * @param methods where the methods of tables are written, by the tables' places
   */
  LuaCopy(Map<String, LuaFunction> functions, Map<String, Map<String, String>> methods) {
    this.functions = functions;
    this.methods = methods;
  }

  LuaValue of(@Nullable Object value, String where) {
    return switch (value) {
      case null -> LuaValue.NIL;
      case String text -> KnownTexts.of(text);
      case Number number -> LuaNumbers.of(number.doubleValue());
      case Boolean flag -> LuaValue.valueOf(flag);
      case List<?> list -> {
        Table table = new Table(list.size(), 0);
        for (int i = 0; i < list.size(); i++) {
          table.rawset(i + 1, of(list.get(i), where + "[" + (i + 1) + "]"));
        }
        yield inheriting(table, where);
      }
      case Map<?, ?> map -> {
        Table table = new Table(0, map.size());
        map.forEach((key, field) ->
            table.rawset(
                key instanceof String name ? KnownTexts.of(name) : of(key, where),
                of(field, where + "." + key)));
        yield inheriting(table, where);
      }
      default -> throw new IllegalArgumentException("no recorded value: " + value.getClass());
    };
  }

  private LuaValue inheriting(Table table, String where) {
    Map<String, String> inherited = methods.get(where);
    if (inherited == null) {
      return table;
    }
    Table index = new Table();
    inherited.forEach((name, place) -> {
      LuaFunction function = functions.get(place);
      if (function != null) {
        index.rawset(LuaText.of(name), function);
      }
    });
    Table metatable = new Table();
    metatable.rawset(LuaValue.INDEX, index);
    table.setmetatable(metatable);
    return table;
  }
}
