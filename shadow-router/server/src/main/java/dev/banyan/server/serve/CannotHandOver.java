package dev.banyan.server.serve;

/** The message says why no other process takes over; this one goes on. */
public final class CannotHandOver extends Exception {
  private static final long serialVersionUID = 1;

  CannotHandOver(String message) {
    super(message);
  }

  CannotHandOver(String message, Throwable cause) {
    super(message, cause);
  }
}
