package dev.banyan.host;

/** A port that can't be bound: the message names the class, the member and what is missing. */
public final class PortDefect extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates it with the message for the port's author. */
  public PortDefect(String message) {
    super(message);
  }
}
