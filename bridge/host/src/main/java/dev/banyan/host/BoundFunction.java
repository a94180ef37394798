package dev.banyan.host;

import dev.banyan.api.Results;
import dev.banyan.api.View;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: a plain function of a port with its handle made. */
public final class BoundFunction {
  private final String name;
  private final Class<?>[] parameters;
  private final MethodHandle body;
  private final boolean answersNothing;

  BoundFunction(String name, Class<?>[] parameters, MethodHandle body, boolean answersNothing) {
    this.name = name;
    this.parameters = parameters;
    this.body = body;
    this.answersNothing = answersNothing;
  }

  /** The Lua function that this replaces. */
  public String name() {
    return name;
  }

  /**
   * Runs the function on Lua's arguments (strings, doubles, booleans, views, null).
   *
   * <p>An argument that the parameter's type can't hold falls back to Lua, whose own error message
   * the caller then gets.
   */
  public CallOutcome invoke(List<@Nullable Object> lua, Capabilities capabilities) {
    Object[] arguments = new Object[parameters.length];
    int next = 0;
    for (int i = 0; i < parameters.length; i++) {
      Class<?> type = parameters[i];
      if (Capabilities.offers(type)) {
        arguments[i] = capabilities.get(type);
        continue;
      }
      Object given = next < lua.size() ? lua.get(next) : null;
      next++;
      if (!fits(type, given)) {
        return new CallOutcome.Fallback("argument " + next + " doesn't fit", null);
      }
      arguments[i] =
          type == long.class && given instanceof Double d ? (Object) d.longValue() : given;
    }
    return CallOutcome.contain(() -> {
      Object answer = Handles.call(body, arguments);
      if (answer instanceof Results results) {
        return new CallOutcome.Answered(results);
      }
      return new CallOutcome.Answered(answersNothing ? Results.of() : Results.of(answer));
    });
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

  static boolean acceptable(Class<?> type) {
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
