package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Results;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What became of a call into a port. */
public sealed interface CallOutcome {
  /** The handler decided. */
  record Decided(Decision decision) implements CallOutcome {}

  /** The function answered. */
  record Answered(Results results) implements CallOutcome {}

  /** Java doesn't answer: Lua has to, and {@code reason} is counted. */
  record Fallback(String reason, @Nullable Throwable cause) implements CallOutcome {}

  /**
   * Turns whatever a port throws into a fallback, a stack overflow and failed linkage included;
   * other errors (a killed fiber, memory) go on.
   */
  public static CallOutcome contain(Supplier<CallOutcome> call) {
    try {
      return call.get();
    } catch (PortFailure e) {
      Throwable cause = e.getCause();
      return threw(cause == null ? e : cause);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      return threw(e);
    }
  }

  private static CallOutcome threw(Throwable t) {
    return new Fallback("threw " + t.getClass().getSimpleName(), t);
  }
}
