package dev.banyan.server.flags;

/** A flag was changed by somebody else since whoever asks has seen it; nothing has changed. */
public final class FlagConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlagConflict(String message) {
    super(message);
  }
}
