package dev.banyan.gateway;

/**
 * Unwinds to the phase engine when a filter, a rewrite step or a body read ends the request, which
 * is then finalised with {@link #status()}. An Error without a stack trace, so that Lua's pcall
 * lets it pass.
 */
final class ResponseAborted extends Error {
  private static final long serialVersionUID = 1L;
  private final int status;

  ResponseAborted(int status) {
    super("finalised with " + status, null, false, false);
    this.status = status;
  }

  /** A status, or -1 to end the connection. */
  int status() {
    return status;
  }
}
