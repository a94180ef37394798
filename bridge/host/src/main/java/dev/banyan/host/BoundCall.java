package dev.banyan.host;

import dev.banyan.api.View;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a method of a port with every parameter's origin found: the input
 * record, a capability, or one of Lua's arguments.
 */
final class BoundCall {
  private final Class<?>[] types;
  private final @Nullable Function<Capabilities, Object>[] doors;
  private final int inputAt;
  private final BoundInput input;
  private final MethodHandle body;

  private BoundCall(
      Class<?>[] types,
      @Nullable Function<Capabilities, Object>[] doors,
      int inputAt,
      BoundInput input,
      MethodHandle body) {
    this.types = types;
    this.doors = doors;
    this.inputAt = inputAt;
    this.input = input;
    this.body = body;
  }

  /**
   * Binds a method of {@code port}.
   *
   * @throws PortDefect when a parameter can't be bound
   */
  static BoundCall of(Object port, Method method, String where) {
    Parameter[] parameters = method.getParameters();
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable Function<Capabilities, Object>[] doors = new Function[parameters.length];
    int inputAt = -1;
    for (int i = 0; i < parameters.length; i++) {
      doors[i] = Doors.of(parameters[i], where);
      Class<?> type = parameters[i].getType();
      if (doors[i] != null || acceptable(type)) {
        continue;
      }
      if (inputAt >= 0 || !type.isRecord()) {
        throw new PortDefect(
            where
                + " can't be given a "
                + type.getName()
                + ": a method takes one input record, capabilities ("
                + Doors.names()
                + ") and Lua's arguments (String, double, long, boolean, Double, Boolean, View,"
                + " Object)");
      }
      inputAt = i;
    }
    return new BoundCall(
        method.getParameterTypes(),
        doors,
        inputAt,
        BoundInput.of(inputAt < 0 ? null : parameters[inputAt].getType()),
        Handles.method(port, method));
  }

  BoundInput input() {
    return input;
  }

  /**
   * What to call the method with.
   *
   * @return null when an argument of Lua's doesn't fit its parameter
   */
  @Nullable Object @Nullable [] arguments(
      Object record, List<@Nullable Object> lua, Capabilities capabilities) {
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    int next = 0;
    for (int i = 0; i < types.length; i++) {
      Function<Capabilities, Object> door = doors[i];
      if (door != null) {
        arguments[i] = door.apply(capabilities);
      } else if (i == inputAt) {
        arguments[i] = record;
      } else {
        Object given = next < lua.size() ? lua.get(next) : null;
        next++;
        if (!fits(types[i], given)) {
          return null;
        }
        arguments[i] = types[i] == long.class && given instanceof Double d ? d.longValue() : given;
      }
    }
    return arguments;
  }

  @Nullable Object call(@Nullable Object[] arguments) {
    return Handles.call(body, arguments);
  }

  private static boolean fits(Class<?> type, @Nullable Object given) {
    if (type == double.class) {
      return given instanceof Double;
    }
    if (type == long.class) {
      return given instanceof Double d && d == Math.rint(d);
    }
    if (type == boolean.class) {
      return given instanceof Boolean;
    }
    return given == null || type.isInstance(given);
  }

  private static boolean acceptable(Class<?> type) {
    return type == String.class
        || type == double.class
        || type == long.class
        || type == boolean.class
        || type == Double.class
        || type == Boolean.class
        || type == View.class
        || type == Object.class;
  }
}
