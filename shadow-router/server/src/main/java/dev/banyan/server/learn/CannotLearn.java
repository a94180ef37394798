package dev.banyan.server.learn;

/** Says why a module isn't recorded, and what to do about it. */
public final class CannotLearn extends Exception {
  private static final long serialVersionUID = 1L;

  CannotLearn(String reason) {
    super(reason);
  }
}
