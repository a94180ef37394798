package dev.banyan.host;

import org.jspecify.annotations.Nullable;

/** Reads the value of one component of an input record. */
@FunctionalInterface
interface Source {
  @Nullable Object read(CallView call);

  /**
   * What a shadowed call reads on the request's thread, where somebody waits: as little as tells
   * the value, and nothing that changes later.
   */
  default @Nullable Object note(CallView call) {
    return read(call);
  }

  /** The value that was noted, on any thread. */
  default @Nullable Object value(@Nullable Object noted) {
    return noted;
  }

  /** Whether a shadowed call reads it after the control instead of before. */
  default boolean late() {
    return false;
  }
}
