package dev.banyan.gateway;

/** What a handler of a phase decided about its request. */
sealed interface Verdict {
  /** Go on with the next handler: nginx's DECLINED. */
  Verdict NEXT = new Next();

  /** In the access phase: allowed. After the content phase: the answer is complete. */
  Verdict OK = new Ok();

  /** The answer was sent whole from an earlier phase. */
  Verdict ANSWERED = new Finish(0);

  /** The URI was changed: look the location up again. */
  Verdict RELOCATE = new Relocate();

  /** The connection is of no more use: end it as it stands. */
  Verdict FAILED = new Finish(-1);

  /** Answers with a status. */
  static Verdict status(int status) {
    return new Finish(status);
  }

  /** See {@link #NEXT}. */
  record Next() implements Verdict {}

  /** See {@link #OK}. */
  record Ok() implements Verdict {}

  /** See {@link #RELOCATE}. */
  record Relocate() implements Verdict {}

  /**
   * Ends the request with a status, for which nginx's own page is written where it has one; 0 when
   * the answer was sent.
   */
  record Finish(int status) implements Verdict {}

  /** An internal redirect to a URI. */
  record Redirect(String uri, String args) implements Verdict {}

  /** An internal redirect to a named location. */
  record Named(String name) implements Verdict {}

  /** Whether it ends the current run through the phases. */
  default boolean ends() {
    return this instanceof Finish || this instanceof Redirect || this instanceof Named;
  }
}
