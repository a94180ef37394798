package dev.banyan.server.admin;

/** A call of the API that is not accepted; the message says what is. */
final class BadCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadCall(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
