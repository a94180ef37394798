package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Results;
import org.jspecify.annotations.Nullable;

/** What the Java side says to a call. */
public sealed interface SeamReply {
  /** A port answers. Owned by its call, and told what became of the answer, exactly once. */
  sealed interface Answer extends SeamReply {
    /** How long the port took, in nanoseconds. */
    long nanos();

    /** The answer can be applied whole and is about to be. */
    void accepted();

    /** The answer can't be applied whole; nothing of it was. Says how the call goes on. */
    SeamReply refused(String reason);
  }

  /** Apply a decision. */
  non-sealed interface Decide extends Answer {
    /** The decision. */
    Decision decision();

    /** What runs when a timer that the decision asks for is due; keeps nothing of the call. */
    Later later(Effect.Later timer);
  }

  /** Return what a plain function has answered. */
  non-sealed interface Return extends Answer {
    /** {@link Results}, or the one result as it is. */
    @Nullable Object value();
  }

  /** Java doesn't answer, and the module's fail mode is to refuse the request. */
  record Refuse(int status) implements SeamReply {}

  /** Java doesn't answer, and the module's fail mode is to go on without it. */
  record Pass() implements SeamReply {}

  /** Java doesn't answer: call Lua, on untouched state. */
  record CallLua() implements SeamReply {}

  /** For any thread: what a port does later. */
  @FunctionalInterface
  interface Later {
    /**
     * Runs it, in a fiber of its own.
     *
     * @param call stands for the call, on a request without a client
     * @param premature whether the worker ends
     */
    void run(SeamCall call, boolean premature);
  }
}
