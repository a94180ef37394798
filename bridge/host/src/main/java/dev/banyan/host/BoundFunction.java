package dev.banyan.host;

import dev.banyan.api.Results;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: a plain function, a method or a mirrored function of a port. */
public final class BoundFunction extends BoundTarget {
  private final boolean answersNothing;

  BoundFunction(String name, BoundCall call, boolean answersNothing) {
    super(name, call);
    this.answersNothing = answersNothing;
  }

  /**
   * Runs the function on Lua's arguments (strings, doubles, booleans, views, null).
   *
   * <p>An argument that the parameter's type can't hold falls back to Lua, whose own error message
   * the caller then gets.
   */
  @Override
  public CallOutcome invoke(
      Object input, List<@Nullable Object> lua, @Nullable Capabilities capabilities) {
    try {
      Object answer = call().call(input, lua, capabilities);
      if (answer instanceof BoundCall.Misfit) {
        return new CallOutcome.Fallback("an argument doesn't fit", null);
      }
      return new CallOutcome.Answered(answersNothing ? Results.of() : answer);
    } catch (RuntimeException | Error e) {
      return CallOutcome.thrown(e);
    }
  }
}
