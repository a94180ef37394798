package dev.banyan.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, a value for {@link Decision#setCtx} and results: the object that a function of the Lua
 * module answers, for readers that need the legacy's own table with its methods.
 *
 * <p>The function must only look things up. Where no Lua runs, the stand-in is the value. In shadow
 * the fields that both the stand-in and the control's object hold must be equal, and there must be
 * some: fields that a metatable computes can't be seen from outside.
 */
public final class Legacy {
  private final String function;
  private final List<@Nullable Object> arguments;
  private final Map<String, ?> standIn;
  private @Nullable Object derived;

  /**
   * The object that a function answers.
   *
   * @param function a function of the Lua module
   * @param arguments what it is called with
   * @param standIn what Java knows of the object
   */
  public Legacy(String function, List<@Nullable Object> arguments, Map<String, ?> standIn) {
    this.function = function;
    this.arguments = Results.lasting(arguments);
    this.standIn = standIn;
  }

  /** The object that {@code function(argument)} answers. */
  public static Legacy of(String function, String argument, Map<String, ?> standIn) {
    return new Legacy(function, Results.of(argument).values(), standIn);
  }

  /** A function of the Lua module. */
  public String function() {
    return function;
  }

  /** What it is called with. */
  public List<@Nullable Object> arguments() {
    return arguments;
  }

  /** What Java knows of the object. */
  public Map<String, ?> standIn() {
    return standIn;
  }

  /**
   * What the host works out from this object once; it goes when the object goes. Several threads
   * that ask first together may each work it out, so that it is immutable or good for all.
   *
   * @param type what it is: an object keeps one thing
   */
  public <T> T derived(Class<T> type, Function<Legacy, T> how) {
    Object known = derived;
    if (known == null) {
      known = how.apply(this);
      derived = known;
    }
    return type.cast(known);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Legacy that
        && function.equals(that.function)
        && arguments.equals(that.arguments)
        && standIn.equals(that.standIn);
  }

  @Override
  public int hashCode() {
    return Objects.hash(function, arguments, standIn);
  }

  @Override
  public String toString() {
    return "Legacy[function="
        + function
        + ", arguments="
        + arguments
        + ", standIn="
        + standIn
        + "]";
  }
}
