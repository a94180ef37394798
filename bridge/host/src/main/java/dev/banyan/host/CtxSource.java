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
    return new Read(call -> descend(call.ctx(keys[0]), keys), converter(type, where));
  }

  /** A field of the Lua module. */
  static Source field(String name, Class<?> type, String where) {
    return new Read(call -> call.field(name), converter(type, where));
  }

  /** A value of Lua's, and what the component wants of it. */
  private record Read(Source lua, Convert convert) implements Source {
    @Override
    public @Nullable Object read(CallView call) {
      return convert.of(lua.read(call), call.detached());
    }

    @Override
    public @Nullable Object note(CallView call) {
      return convert.taken(lua.read(call), call.detached());
    }

    @Override
    public @Nullable Object value(@Nullable Object noted) {
      return convert.made(noted);
    }
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
    /** What is wanted of Lua's value, or all that it is made of. */
    @Nullable Object taken(@Nullable Object lua, boolean detached);

    /** The component's value, of what was taken. */
    default @Nullable Object made(@Nullable Object taken) {
      return taken;
    }

    /** Both in one. */
    default @Nullable Object of(@Nullable Object lua, boolean detached) {
      return taken(lua, detached);
    }
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
    return new OfRecord(fields, constructor, constructor.asSpreader(Object[].class, fields.length));
  }

  /** A component of a record that is read from a table. */
  private record Field(String key, Convert convert) {
    @Nullable Object of(View view, boolean detached) {
      return convert.of(view.get(key), detached);
    }
  }

  /**
   * A record, of a table's fields.
   *
   * @param spread the constructor, for an array
   */
  private record OfRecord(Field[] fields, MethodHandle constructor, MethodHandle spread)
      implements Convert {
    @Override
    public @Nullable Object of(@Nullable Object lua, boolean detached) {
      if (!(lua instanceof View view)) {
        return null;
      }
      return switch (fields.length) { // the smallest need no array
        case 2 ->
            Handles.construct(
                constructor, fields[0].of(view, detached), fields[1].of(view, detached));
        case 3 ->
            Handles.construct(
                constructor,
                fields[0].of(view, detached),
                fields[1].of(view, detached),
                fields[2].of(view, detached));
        default -> many(view, detached);
      };
    }

    private Object many(View view, boolean detached) {
      @Nullable Object[] values = new @Nullable Object[fields.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields[i].of(view, detached);
      }
      return Handles.construct(spread, values);
    }

    @Override
    public @Nullable Object taken(@Nullable Object lua, boolean detached) {
      if (!(lua instanceof View view)) {
        return null;
      }
      @Nullable Object[] values = new @Nullable Object[fields.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields[i].convert().taken(view.get(fields[i].key()), detached);
      }
      return values;
    }

    @Override
    public @Nullable Object made(@Nullable Object taken) {
      if (!(taken instanceof Object[] of)) {
        return null;
      }
      @Nullable Object[] values = new @Nullable Object[of.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields[i].convert().made(of[i]);
      }
      return Handles.construct(spread, values);
    }
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
