package dev.banyan.server.inventory;

/** The traffic can't be metered now; the message tells why and what to do. */
public final class CannotMeter extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public CannotMeter(String message) {
    super(message);
  }
}
