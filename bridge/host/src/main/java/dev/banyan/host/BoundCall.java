package dev.banyan.host;

import dev.banyan.api.View;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a method of a port with every parameter's origin found: the input
 * record, a capability, or one of Lua's arguments.
 */
final class BoundCall {
  /** What stands for the answer of a method that wasn't called. */
  enum Misfit {
    /** One of Lua's arguments doesn't fit its parameter. */
    ARGUMENT
  }

  /** What a parameter is given. */
  sealed interface Origin {
    /** The input record. */
    record Input() implements Origin {}

    /** A capability. */
    record Door(Function<Capabilities, Object> door) implements Origin {}

    /** One of Lua's arguments, by its position from 0. */
    record OfLua(int position, Class<?> type) implements Origin {}
  }

  private final boolean opensDoors;
  private final BoundInput input;
  private final MadeCall made;

  private BoundCall(boolean opensDoors, BoundInput input, MadeCall made) {
    this.opensDoors = opensDoors;
    this.input = input;
    this.made = made;
  }

  /**
   * Binds a method of {@code port}.
   *
   * @throws PortDefect when a parameter can't be bound
   */
  static BoundCall of(Object port, Method method, String where) {
    List<Origin> origins = new ArrayList<>();
    Class<?> record = null;
    int arguments = 0;
    for (Parameter parameter : method.getParameters()) {
      Class<?> type = parameter.getType();
      Function<Capabilities, Object> door = Doors.of(parameter, where);
      if (door != null) {
        origins.add(new Origin.Door(door));
      } else if (acceptable(type)) {
        origins.add(new Origin.OfLua(arguments++, type));
      } else if (record == null && type.isRecord()) {
        record = type;
        origins.add(new Origin.Input());
      } else {
        throw new PortDefect(
            where
                + " can't be given a "
                + type.getName()
                + ": a method takes one input record, capabilities ("
                + Doors.names()
                + ") and Lua's arguments (String, double, long, boolean, Double, Boolean, View,"
                + " Object)");
      }
    }
    BoundInput input = BoundInput.of(record);
    MethodHandle body = Handles.method(port, method);
    return new BoundCall(
        origins.stream().anyMatch(Origin.Door.class::isInstance),
        input,
        CallMaker.of(origins, body, input));
  }

  BoundInput input() {
    return input;
  }

  /** The class that was made for it. */
  MadeCall made() {
    return made;
  }

  /** Whether one of the parameters is a capability. */
  boolean opensDoors() {
    return opensDoors;
  }

  /**
   * One of Lua's arguments as a parameter's type takes it, nil when there are fewer; or {@link
   * Misfit}. Called by the code of {@link MadeCall}.
   */
  static @Nullable Object argument(List<@Nullable Object> lua, int position, Class<?> type) {
    Object given = position < lua.size() ? lua.get(position) : null;
    if (!fits(type, given)) {
      return Misfit.ARGUMENT;
    }
    return type == long.class && given instanceof Double d ? (Object) d.longValue() : given;
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
