package dev.banyan.router.flags;

/** A flag change that is not accepted; nothing has changed. The message says what is. */
public final class FlagRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates it with the message for the operator. */
  public FlagRefused(String message) {
    super(message);
  }
}
