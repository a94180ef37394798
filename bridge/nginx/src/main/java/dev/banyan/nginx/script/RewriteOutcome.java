package dev.banyan.nginx.script;

import org.jspecify.annotations.Nullable;

/** How a {@link RewriteProgram} ended. */
public sealed interface RewriteOutcome {
  /**
   * The request goes on.
   *
   * @param relocate whether the URI was changed, so that its location is looked up again
   */
  record Proceed(boolean relocate) implements RewriteOutcome {}

  /**
   * {@code return}: the request is answered.
   *
   * @param text the body or, for 301, 302, 303, 307 and 308, the address; null when none was given
   */
  record Answer(int status, @Nullable String text) implements RewriteOutcome {}

  /** {@code rewrite} to another address. */
  record Redirect(int status, String location) implements RewriteOutcome {}

  /** The program can't go on: the answer is 500, the reason goes to the error log. */
  record Failure(String reason) implements RewriteOutcome {}
}
