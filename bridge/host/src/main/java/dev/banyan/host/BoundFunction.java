package dev.banyan.host;

import dev.banyan.api.Results;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: a plain function, a method or a mirrored function of a port. */
public final class BoundFunction {
  private final String name;
  private final BoundCall call;
  private final boolean answersNothing;

  BoundFunction(String name, BoundCall call, boolean answersNothing) {
    this.name = name;
    this.call = call;
    this.answersNothing = answersNothing;
  }

  /** The Lua function that this replaces. */
  public String name() {
    return name;
  }

  /** The fields of the Lua module that the input is read from. */
  public Set<String> fields() {
    return call.input().fields();
  }

  /** Reads the input from the request, or an empty marker when there is none. */
  public Object extract(CallView request) {
    return call.input().extract(request);
  }

  /** Reads what must be seen before the control changes it. */
  public @Nullable Object[] early(CallView request) {
    return call.input().early(request);
  }

  /** Reads what {@link #early} left out and makes the input record. */
  public Object complete(@Nullable Object[] values, CallView request) {
    return call.input().complete(values, request);
  }

  /**
   * Runs the function on Lua's arguments (strings, doubles, booleans, views, null).
   *
   * <p>An argument that the parameter's type can't hold falls back to Lua, whose own error message
   * the caller then gets.
   */
  public CallOutcome invoke(Object input, List<@Nullable Object> lua, Capabilities capabilities) {
    try {
      @Nullable Object[] arguments = call.arguments(input, lua, capabilities);
      if (arguments == null) {
        return new CallOutcome.Fallback("an argument doesn't fit", null);
      }
      Object answer = call.call(arguments);
      if (answer instanceof Results results) {
        return new CallOutcome.Answered(results);
      }
      return new CallOutcome.Answered(answersNothing ? Results.of() : Results.of(answer));
    } catch (RuntimeException | Error e) {
      return CallOutcome.thrown(e);
    }
  }
}
