package dev.banyan.lua.replay;

/** Says why a module's Lua can't be run without a server, and what to do about it. */
public final class CannotReplay extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotReplay(String reason) {
    super(reason);
  }
}
