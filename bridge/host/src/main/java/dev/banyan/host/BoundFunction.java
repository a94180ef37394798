package dev.banyan.host;

import dev.banyan.api.Results;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a plain function, a method or a mirrored function of a port. An
 * argument that the parameter's type can't hold falls back to Lua, whose own error message the
 * caller then gets.
 */
public final class BoundFunction extends BoundTarget {
  private final boolean answersNothing;

  BoundFunction(String name, BoundCall call, boolean answersNothing) {
    super(name, call);
    this.answersNothing = answersNothing;
  }

  @Override
  CallOutcome answered(@Nullable Object answer) {
    return new CallOutcome.Answered(answersNothing ? Results.of() : answer);
  }
}
