package dev.banyan.gateway;

/** Owned by its request's loop: where a page is in an {@code if}, of which one is open at most. */
final class SsiBranches {
  private boolean open;
  private boolean last;
  private boolean chosen;

  /** Whether a command goes on with an {@code if}. */
  static boolean continues(String command) {
    return command.equals("elif") || command.equals("else") || command.equals("endif");
  }

  /** Whether a command may be here. */
  boolean allows(String command) {
    return !continues(command) || (open && (!last || command.equals("endif")));
  }

  boolean open() {
    return open;
  }

  /** Whether one of the branches was shown. */
  boolean chosen() {
    return chosen;
  }

  /** A branch begins, which is shown or isn't. */
  void tried(boolean shown) {
    open = true;
    chosen |= shown;
  }

  /** The last branch begins; tells whether it is shown. */
  boolean otherwise() {
    last = true;
    return !chosen;
  }

  void end() {
    open = false;
    last = false;
    chosen = false;
  }
}
