package dev.banyan.host;

import dev.banyan.api.Phase;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: what answers a Lua function, with its input's sources found. */
public abstract sealed class BoundTarget permits BoundHandler, BoundFunction {
  /** What stands for the input of a method that has none. */
  public static final Object WITHOUT_INPUT = "no input";

  private final String name;
  private final BoundCall call;

  BoundTarget(String name, BoundCall call) {
    this.name = name;
    this.call = call;
  }

  /** The Lua function that this replaces. */
  public String name() {
    return name;
  }

  /** The fields of the Lua module that the input is read from. */
  public Set<String> fields() {
    return call.input().fields();
  }

  /** Whether it answers calls in this phase; a plain function does in all. */
  public boolean in(Phase phase) {
    return true;
  }

  /** Whether it has an input that is read from the request. */
  public boolean readsInput() {
    return call.input().reads();
  }

  /** Whether it is given a capability: without one it can't reach the world. */
  public boolean opensDoors() {
    return call.opensDoors();
  }

  /**
   * Reads the input from the call, on the request's thread.
   *
   * @return the input record, or an empty marker when there is none
   */
  public Object extract(CallView request) {
    return readsInput() ? call.made().input(request) : WITHOUT_INPUT;
  }

  /**
   * Notes what must be seen before the control changes it, for {@link #input}: everything but the
   * body, which the control may not even read.
   */
  public @Nullable Object[] early(CallView request) {
    @Nullable Object[] noted = new @Nullable Object[call.input().sources().length];
    call.made().early(noted, request);
    return noted;
  }

  /** Whether {@link #early} leaves anything for {@link #finish}. */
  public boolean readsLate() {
    return call.input().readsLate();
  }

  /** Notes what {@link #early} left out, on the request's thread. */
  public void finish(@Nullable Object[] noted, CallView request) {
    call.made().late(noted, request);
  }

  /** Makes the input record of all that was noted, on any thread. */
  public Object input(@Nullable Object[] noted) {
    return readsInput() ? call.made().input(noted) : WITHOUT_INPUT;
  }

  /**
   * Runs it on an extracted input and Lua's arguments (strings, doubles, booleans, views, null).
   * Whatever it throws but an error of the machine becomes an outcome.
   *
   * @param capabilities its doors to the world, which may be null where {@link #opensDoors} is
   *     false
   */
  public final CallOutcome invoke(
      Object input, List<@Nullable Object> lua, @Nullable Capabilities capabilities) {
    try {
      return outcome(call.made().call(input, lua, capabilities));
    } catch (Throwable t) { // a method may throw whatever it declares
      return CallOutcome.thrown(t);
    }
  }

  /**
   * Reads the input and runs it, as {@link #extract} and {@link #invoke} do, in one: what reading
   * throws becomes an outcome, too.
   */
  public final CallOutcome answer(
      CallView request, List<@Nullable Object> lua, @Nullable Capabilities capabilities) {
    try {
      return outcome(call.made().answer(request, lua, capabilities));
    } catch (Throwable t) { // a method may throw whatever it declares
      return CallOutcome.thrown(t);
    }
  }

  private CallOutcome outcome(@Nullable Object answer) {
    return answer instanceof BoundCall.Misfit
        ? new CallOutcome.Fallback("an argument doesn't fit", null)
        : answered(answer);
  }

  /** What the method's answer means. */
  abstract CallOutcome answered(@Nullable Object answer);
}
