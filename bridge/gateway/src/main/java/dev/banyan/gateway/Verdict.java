package dev.banyan.gateway;

import org.jspecify.annotations.Nullable;

/** What a handler of a phase decided about its request. */
sealed interface Verdict
    permits Signal, Verdict.Finish, Verdict.Replace, Verdict.Redirect, Verdict.Named {

  /** The answer was sent whole from an earlier phase. */
  static Verdict answered() {
    return new Finish(0);
  }

  /** The connection is of no more use: end it as it stands. */
  static Verdict failed() {
    return new Finish(-1);
  }

  /** Answers with a status. */
  static Verdict status(int status) {
    return new Finish(status);
  }

  /**
   * Ends the request with a status, for which nginx's own page is written where it has one; 0 when
   * the answer was sent.
   */
  record Finish(int status) implements Verdict {}

  /** Answers with a status and nothing of what was prepared so far. */
  record Replace(int status) implements Verdict {}

  /**
   * An internal redirect to a URI.
   *
   * @param args null for none, which are others than empty ones
   */
  record Redirect(String uri, @Nullable String args) implements Verdict {
    /** With arguments that are none where they are empty. */
    static Redirect of(String uri, String args) {
      return new Redirect(uri, args.isEmpty() ? null : args);
    }
  }

  /** An internal redirect to a named location. */
  record Named(String name) implements Verdict {}

  /** Whether it ends the current run through the phases. */
  default boolean ends() {
    return !(this instanceof Signal);
  }
}
