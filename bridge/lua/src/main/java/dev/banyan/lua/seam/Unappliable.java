package dev.banyan.lua.seam;

/** A decision or result that can't be carried out as a whole: nothing of it has happened. */
final class Unappliable extends Exception {
  private static final long serialVersionUID = 1L;

  Unappliable(String reason) {
    super(reason, null, false, false);
  }

  /** What stood in the way. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
