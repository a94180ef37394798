package dev.banyan.gateway.trace;

import dev.banyan.api.Headers;
import dev.banyan.api.Way;

/** Owned by its request's loop: a request that is traced. No method waits. */
public interface RequestTrace {
  /** A call at the seam has ended, having taken so many nanoseconds until now. */
  void called(String module, String function, Way by, long nanos);

  /** The call that has ended last, to link what follows from it; for any thread. */
  CallLink lastCall();

  /**
   * A try of an upstream begins.
   *
   * @param peer address and port
   */
  Attempt attempt(String peer, String method);

  /** The request has ended. */
  void end(Ending ending);

  /** Immutable, opaque to the gateway: where a candidate's work belongs. */
  interface CallLink {}

  /** Owned by its request's loop: one try of an upstream. */
  interface Attempt {
    /** Puts into the request's head what tells the origin of this trace, where that is wanted. */
    void propagate(Headers head);

    /**
     * It has ended; called once.
     *
     * @param status of the origin's answer, or the one that its failure stands for
     * @param failed whether the origin gave no answer that counts
     */
    void end(int status, boolean failed);
  }

  /**
   * Immutable: what a request came to.
   *
   * @param path of the target as the client sent it, without arguments; not redacted
   * @param host that was asked for, empty for none
   * @param location of the configuration that answered, as it is written there
   * @param status of the answer
   * @param withoutLua whether the new path served it
   */
  record Ending(String path, String host, String location, int status, boolean withoutLua) {}
}
