package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Declined;
import dev.banyan.api.Results;
import org.jspecify.annotations.Nullable;

/** What became of a call into a port. */
public sealed interface CallOutcome {
  /** The handler decided. */
  record Decided(Decision decision) implements CallOutcome {}

  /**
   * The function answered.
   *
   * @param answer what the method returned: {@link Results}, or its one result as it is
   */
  record Answered(@Nullable Object answer) implements CallOutcome {
    /** The answer in Lua's terms. */
    public Results results() {
      return answer instanceof Results results ? results : Results.of(answer);
    }
  }

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
   * What a port threw, as a fallback, a stack overflow and failed linkage included; other errors (a
   * killed fiber, memory) go on from here.
   */
  static CallOutcome thrown(Throwable t) {
    if (t instanceof Declined) {
      return new Fallback("declined: " + t.getMessage(), null);
    }
    if (t instanceof Error error
        && !(t instanceof StackOverflowError
            || t instanceof LinkageError
            || t instanceof AssertionError)) {
      throw error;
    }
    return new Fallback("threw " + t.getClass().getSimpleName(), t);
  }
}
