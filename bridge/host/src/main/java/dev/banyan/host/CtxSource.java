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
    String[] keys = new String[components.length];
    Convert[] converts = new Convert[components.length];
    for (int i = 0; i < components.length; i++) {
      keys[i] = snake(components[i].getName()).intern();
      converts[i] = converter(components[i].getType(), where + "." + components[i].getName());
    }
    return new OfRecord(
        keys, converts, Handles.constructor(type).asSpreader(Object[].class, components.length));
  }

  /** A record, of a table's fields. */
  private static final class OfRecord implements Convert {
    private final String[] keys;
    private final Convert[] converts;
    private final MethodHandle constructor;

    OfRecord(String[] keys, Convert[] converts, MethodHandle constructor) {
      this.keys = keys;
      this.converts = converts;
      this.constructor = constructor;
    }

    @Override
    public @Nullable Object taken(@Nullable Object lua, boolean detached) {
      if (!(lua instanceof View view)) {
        return null;
      }
      @Nullable Object[] values = new @Nullable Object[keys.length];
      for (int i = 0; i < keys.length; i++) {
        values[i] = converts[i].taken(view.get(keys[i]), detached);
      }
      return values;
    }

    @Override
    public @Nullable Object of(@Nullable Object lua, boolean detached) {
      if (!(lua instanceof View view)) {
        return null;
      }
      @Nullable Object[] values = new @Nullable Object[keys.length];
      for (int i = 0; i < keys.length; i++) {
        values[i] = converts[i].of(view.get(keys[i]), detached);
      }
      return Handles.construct(constructor, values);
    }

    @Override
    public @Nullable Object made(@Nullable Object taken) {
      if (!(taken instanceof Object[] of)) {
        return null;
      }
      @Nullable Object[] values = new @Nullable Object[of.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = converts[i].made(of[i]);
      }
      return Handles.construct(constructor, values);
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
