package dev.banyan.server.figures;

/** For any thread: whether the process takes traffic, and if not, why. */
public final class Readiness {
  private volatile String reason = "starting";

  /** The process takes traffic from now on. */
  public void ready() {
    reason = "";
  }

  /** The process doesn't take new traffic. */
  public void unready(String why) {
    reason = why;
  }

  /** Whether the process takes traffic. */
  public boolean isReady() {
    return reason.isEmpty();
  }

  /** {@code ready}, or why not. */
  public String describe() {
    String why = reason;
    return why.isEmpty() ? "ready" : why;
  }
}
