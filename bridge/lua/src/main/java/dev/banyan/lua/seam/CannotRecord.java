package dev.banyan.lua.seam;

/** Says why the calls of a module can't be recorded, and what to do about it. */
public final class CannotRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String NOT_LOADED =
      "it isn't loaded: send a request that uses it, or require it in init_by_lua";

  private final boolean notLoaded;

  private CannotRecord(String reason, boolean notLoaded) {
    super(reason);
    this.notLoaded = notLoaded;
  }

  static CannotRecord because(String reason) {
    return new CannotRecord(reason, false);
  }

  static CannotRecord notLoaded() {
    return new CannotRecord(NOT_LOADED, true);
  }

  /** Whether it is only that nobody has asked for the module yet. */
  public boolean isNotLoaded() {
    return notLoaded;
  }
}
