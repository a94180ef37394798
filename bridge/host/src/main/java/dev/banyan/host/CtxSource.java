package dev.banyan.host;

import dev.banyan.api.View;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value of {@code ngx.ctx}, or a whole record from one of its tables: the components' names
 * in snake case are the table's keys.
 */
final class CtxSource {
  /** The most entries of a table that a shadowed call takes along. */
  private static final int MAX_SNAPSHOT_ENTRIES = 10_000;

  private CtxSource() {}

  static Source of(String dotted, Class<?> type, String where) {
    String[] keys =
        Arrays.stream(dotted.split("\\.", -1)).map(String::intern).toArray(String[]::new);
    Convert convert = converter(type, where);
    return call -> convert.apply(descend(call.ctx(keys[0]), keys), call.detached());
  }

  /** A field of the Lua module. */
  static Source field(String name, Class<?> type, String where) {
    Convert convert = converter(type, where);
    return call -> convert.apply(call.field(name), call.detached());
  }

  private static @Nullable Object descend(@Nullable Object top, String[] keys) {
    Object value = top;
    for (int i = 1; i < keys.length; i++) {
      value = value instanceof View view ? view.get(keys[i]) : null;
    }
    return value;
  }

  /** Turns what Lua holds into what the component wants. */
  @FunctionalInterface
  private interface Convert {
    @Nullable Object apply(@Nullable Object lua, boolean detached);
  }

  private static Convert converter(Class<?> type, String where) {
    if (type == Object.class) {
      return (lua, detached) -> lua instanceof View view ? lasting(view, detached) : lua;
    }
    if (type == String.class) {
      return (lua, _) -> lua instanceof String ? lua : null;
    }
    if (type == View.class) {
      return (lua, detached) -> lua instanceof View view ? lasting(view, detached) : null;
    }
    if (type == Double.class) {
      return (lua, _) -> lua instanceof Double ? lua : null;
    }
    if (type == double.class) {
      return (lua, _) -> lua instanceof Double d ? d : 0d;
    }
    if (type == long.class) {
      return (lua, _) -> lua instanceof Double d ? d.longValue() : 0L;
    }
    if (type == boolean.class) {
      return (lua, _) -> lua != null && !Boolean.FALSE.equals(lua);
    }
    if (type == List.class) {
      return (lua, _) -> lua instanceof View view ? strings(view) : List.of();
    }
    if (type.isRecord()) {
      return recordConverter(type, where);
    }
    throw new PortDefect(
        where
            + " has type "
            + type.getName()
            + ": a value of ngx.ctx is String, double, long, boolean, Double, View, List<String> or"
            + " a record of those");
  }

  private static Convert recordConverter(Class<?> type, String where) {
    RecordComponent[] components = type.getRecordComponents();
    Field[] fields = new Field[components.length];
    for (int i = 0; i < components.length; i++) {
      fields[i] =
          new Field(
              snake(components[i].getName()).intern(),
              converter(components[i].getType(), where + "." + components[i].getName()));
    }
    MethodHandle constructor = Handles.constructor(type);
    return switch (fields.length) { // the smallest need no array
      case 2 -> pair(constructor, fields[0], fields[1]);
      case 3 -> triple(constructor, fields[0], fields[1], fields[2]);
      default -> many(constructor.asSpreader(Object[].class, fields.length), fields);
    };
  }

  /** A component of a record that is read from a table. */
  private record Field(String key, Convert convert) {
    @Nullable Object read(View view, boolean detached) {
      return convert.apply(view.get(key), detached);
    }
  }

  private static Convert pair(MethodHandle constructor, Field first, Field second) {
    return (lua, detached) ->
        lua instanceof View view
            ? Handles.construct(
                constructor, first.read(view, detached), second.read(view, detached))
            : null;
  }

  private static Convert triple(MethodHandle constructor, Field first, Field second, Field third) {
    return (lua, detached) ->
        lua instanceof View view
            ? Handles.construct(
                constructor,
                first.read(view, detached),
                second.read(view, detached),
                third.read(view, detached))
            : null;
  }

  private static Convert many(MethodHandle constructor, Field[] fields) {
    return (lua, detached) -> {
      if (!(lua instanceof View view)) {
        return null;
      }
      @Nullable Object[] values = new @Nullable Object[fields.length];
      for (int i = 0; i < fields.length; i++) {
        values[i] = fields[i].read(view, detached);
      }
      return Handles.construct(constructor, values);
    };
  }

  private static View lasting(View view, boolean detached) {
    return detached ? view.snapshot(MAX_SNAPSHOT_ENTRIES) : view;
  }

  private static List<String> strings(View view) {
    List<String> list = new ArrayList<>(view.length());
    for (int i = 1; i <= view.length(); i++) {
      if (view.at(i) instanceof String s) {
        list.add(s);
      }
    }
    return list;
  }

  private static String snake(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
