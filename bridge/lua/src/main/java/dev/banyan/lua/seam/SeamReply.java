package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Results;

/** What the Java side says to a call. */
public sealed interface SeamReply {
  /** Apply this decision. */
  record Decide(Decision decision, Receipt receipt) implements SeamReply {}

  /** Return these results. */
  record Return(Results results, Receipt receipt) implements SeamReply {}

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

  /** Owned by its call: told what became of an answer, exactly once. */
  interface Receipt {
    /** How long the port took, in nanoseconds. */
    long nanos();

    /** The answer can be applied whole and is about to be. */
    void accepted();

    /** What runs when a timer that the decision asks for is due; keeps nothing of the call. */
    Later later(Effect.Later timer);

    /** The answer can't be applied whole; nothing of it was. Says how the call goes on. */
    SeamReply refused(String reason);
  }
}
