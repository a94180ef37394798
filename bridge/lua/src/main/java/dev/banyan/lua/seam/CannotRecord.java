package dev.banyan.lua.seam;

/** Says why the calls of a module can't be recorded, and what to do about it. */
public final class CannotRecord extends Exception {
  private static final long serialVersionUID = 1L;

  CannotRecord(String reason) {
    super(reason);
  }
}
