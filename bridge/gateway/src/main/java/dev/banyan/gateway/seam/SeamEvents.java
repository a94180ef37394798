package dev.banyan.gateway.seam;

import dev.banyan.api.FailMode;
import dev.banyan.api.Phase;
import dev.banyan.api.Way;
import org.jspecify.annotations.Nullable;

/** Told on the workers' threads what happens at the seam: must not block and must not throw. */
public interface SeamEvents {
  /** Hears nothing. */
  SeamEvents NONE =
      new SeamEvents() {
        @Override
        public Answers answers(String module) {
          return Answers.NONE;
        }

        @Override
        public void fellBack(
            String module, String function, String reason, @Nullable Throwable cause) {
          // nobody listens
        }

        @Override
        public void failed(
            String module,
            String function,
            FailMode mode,
            String reason,
            @Nullable Throwable cause) {
          // nobody listens
        }

        @Override
        public void timerFailed(
            String module, String timer, String reason, @Nullable Throwable cause) {
          // nobody listens
        }

        @Override
        public void missing(String module, String function) {
          // nobody listens
        }

        @Override
        public void differs(String module, String constant) {
          // nobody listens
        }

        @Override
        public void mirrorFailed(String module, String function, String reason) {
          // nobody listens
        }

        @Override
        public void counted(String module, String counter, long by) {
          // nobody listens
        }

        @Override
        public void shadowed(ShadowSample sample) {
          // nobody listens
        }

        @Override
        public void skipped(String module, String function, String reason) {
          // nobody listens
        }
      };

  /** Who is told of each answered call of this module; asked for once, and kept by who calls. */
  Answers answers(String module);

  /** Told on the workers' threads of each answered call of one module: must not block or throw. */
  @FunctionalInterface
  interface Answers {
    /** Hears nothing. */
    Answers NONE = (_, _, _) -> {};

    /** A call of this function was answered in this time, in nanoseconds. */
    void answered(String function, Way by, long nanos);
  }

  /** Java didn't answer a call that was its; Lua did. */
  void fellBack(String module, String function, String reason, @Nullable Throwable cause);

  /** A port failed, and Lua didn't answer in its place: what was declared did. */
  void failed(
      String module, String function, FailMode mode, String reason, @Nullable Throwable cause);

  /** What a port wanted to do later was not done, or failed half-way; it is not tried again. */
  void timerFailed(String module, String timer, String reason, @Nullable Throwable cause);

  /** A port replaces a function that the loaded Lua module doesn't have. */
  void missing(String module, String function);

  /** Lua calls a handler in a phase for which its port is not: Lua answers. Told once of each. */
  default void otherPhase(String module, String function, Phase phase) {}

  /** A constant of the Lua module and its port's declaration of it are different. */
  void differs(String module, String constant);

  /** The port's side of a mirrored function failed: the two sides may know different things. */
  void mirrorFailed(String module, String function, String reason);

  /** A port counts something of its own. */
  void counted(String module, String counter, long by);

  /**
   * Asked before anything is noted of a call that is to be shadowed, so that one that would be
   * dropped in the end costs nothing.
   *
   * @param late whether the request has waited for its worker, and others wait behind it
   * @return whether it may be; a call that may not is counted by who says so
   */
  default boolean admits(String module, boolean late) {
    return !late;
  }

  /** The control has answered a shadowed call: the candidate may run, elsewhere. */
  void shadowed(ShadowSample sample);

  /** A call that should have been shadowed could not be. */
  void skipped(String module, String function, String reason);
}
