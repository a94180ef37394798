package dev.banyan.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, a value for {@link Decision#setCtx} and results: the object that a function of the Lua
 * module answers, for readers that need the legacy's own table with its methods.
 *
 * <p>The function must only look things up. Where no Lua runs, the stand-in is the value. In shadow
 * the fields that both the stand-in and the control's object hold must be equal, and there must be
 * some: fields that a metatable computes can't be seen from outside.
 *
 * @param function a function of the Lua module
 * @param arguments what it is called with
 * @param standIn what Java knows of the object
 */
public record Legacy(String function, List<@Nullable Object> arguments, Map<String, ?> standIn) {
  /** Copies the arguments. */
  public Legacy {
    arguments = Results.lasting(arguments);
  }

  /** The object that {@code function(argument)} answers. */
  public static Legacy of(String function, String argument, Map<String, ?> standIn) {
    return new Legacy(function, Results.of(argument).values(), standIn);
  }
}
