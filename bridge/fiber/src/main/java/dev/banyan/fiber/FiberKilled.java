package dev.banyan.fiber;

/**
 * Unwinds a fiber that was killed: thrown by {@link Fiber#park()} and its kin.
 *
 * <p>An {@code Error} without a stack trace, so that neither Lua's pcall nor a port's {@code catch
 * (Exception e)} keeps a killed fiber alive.
 */
public final class FiberKilled extends Error {
  private static final long serialVersionUID = 1L;

  /** Creates the signal; {@code reason} is for logs. */
  public FiberKilled(String reason) {
    super(reason, null, false, false);
  }
}
