package dev.banyan.gateway;

/**
 * Unwinds to the phase engine when a filter, a rewrite step or a body read ends the request, which
 * is then finalised with {@link #status()}. An Error without a stack trace, so that Lua's pcall
 * lets it pass.
 */
final class ResponseAborted extends Error {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final boolean replaces;

  ResponseAborted(int status) {
    this(status, false);
  }

  private ResponseAborted(int status, boolean replaces) {
    super("finalised with " + status, null, false, false);
    this.status = status;
    this.replaces = replaces;
  }

  /**
   * A header filter that puts another answer in the place of the one that passes: its fields are
   * forgotten, and every status is answered, also those that otherwise end the connection.
   */
  static ResponseAborted replacing(int status) {
    return new ResponseAborted(status, true);
  }

  boolean replaces() {
    return replaces;
  }

  /** A status, or -1 to end the connection. */
  int status() {
    return status;
  }
}
