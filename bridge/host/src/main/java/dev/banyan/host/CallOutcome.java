package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Declined;
import dev.banyan.api.Results;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What became of a call into a port. */
public sealed interface CallOutcome {
  /** The handler decided. */
  record Decided(Decision decision) implements CallOutcome {}

  /** The function answered. */
  record Answered(Results results) implements CallOutcome {}

  /**
   * Java doesn't answer, and {@code reason} is counted. Without a cause the port left the call to
   * Lua; with one it failed.
   */
  record Fallback(String reason, @Nullable Throwable cause) implements CallOutcome {
    /** The port's code broke the contract. */
    static Fallback of(PortDefect defect) {
      return new Fallback(String.valueOf(defect.getMessage()), defect);
    }

    /** Whether the port failed, which its module's fail mode is about. */
    public boolean failure() {
      return cause != null;
    }
  }

  /**
   * Turns whatever a port throws into a fallback, a stack overflow and failed linkage included;
   * other errors (a killed fiber, memory) go on.
   */
  public static CallOutcome contain(Supplier<CallOutcome> call) {
    try {
      return call.get();
    } catch (Declined e) {
      return new Fallback("declined: " + e.getMessage(), null);
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
