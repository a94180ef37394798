package dev.banyan.host;

import dev.banyan.api.View;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

  private final Class<?>[] types;

  /** Which of Lua's arguments each parameter that takes one is given. */
  private final int[] positions;

  private final boolean opensDoors;
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
    this.positions = positions(doors, inputAt);
    this.opensDoors = Arrays.stream(doors).anyMatch(Objects::nonNull);
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

  private static int[] positions(@Nullable Function<Capabilities, Object>[] doors, int inputAt) {
    int[] positions = new int[doors.length];
    int next = 0;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = doors[i] != null || i == inputAt ? -1 : next++;
    }
    return positions;
  }

  BoundInput input() {
    return input;
  }

  /** Whether one of the parameters is a capability. */
  boolean opensDoors() {
    return opensDoors;
  }

  /**
   * Calls the method; what it throws goes on from here, a checked exception in a {@link
   * PortFailure}.
   *
   * @param capabilities null when there are none to be had, and none are asked for
   * @return what the method returns, or {@link Misfit} when an argument of Lua's doesn't fit its
   *     parameter; nothing was called then
   */
  @Nullable Object call(
      Object record, List<@Nullable Object> lua, @Nullable Capabilities capabilities) {
    return switch (types.length) {
      case 0 -> Handles.call(body);
      case 1 -> one(argument(0, record, lua, capabilities));
      case 2 -> two(argument(0, record, lua, capabilities), argument(1, record, lua, capabilities));
      case Handles.MOST ->
          three(
              argument(0, record, lua, capabilities),
              argument(1, record, lua, capabilities),
              argument(2, record, lua, capabilities));
      default -> many(record, lua, capabilities);
    };
  }

  private @Nullable Object one(@Nullable Object a) {
    return a instanceof Misfit ? Misfit.ARGUMENT : Handles.call(body, a);
  }

  private @Nullable Object two(@Nullable Object a, @Nullable Object b) {
    return a instanceof Misfit || b instanceof Misfit ? Misfit.ARGUMENT : Handles.call(body, a, b);
  }

  private @Nullable Object three(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
    return a instanceof Misfit || b instanceof Misfit || c instanceof Misfit
        ? Misfit.ARGUMENT
        : Handles.call(body, a, b, c);
  }

  private @Nullable Object many(
      Object record, List<@Nullable Object> lua, @Nullable Capabilities capabilities) {
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = argument(i, record, lua, capabilities);
      if (arguments[i] instanceof Misfit) {
        return Misfit.ARGUMENT;
      }
    }
    return Handles.spread(body, arguments);
  }

  private @Nullable Object argument(
      int i, Object record, List<@Nullable Object> lua, @Nullable Capabilities capabilities) {
    Function<Capabilities, Object> door = doors[i];
    if (door != null) {
      return door.apply(Objects.requireNonNull(capabilities, "no capabilities"));
    }
    if (i == inputAt) {
      return record;
    }
    Object given = positions[i] < lua.size() ? lua.get(positions[i]) : null;
    Class<?> type = types[i];
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
