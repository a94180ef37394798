package dev.banyan.host;

import org.jspecify.annotations.Nullable;

/** Reads the value of one component of an input record. */
@FunctionalInterface
interface Source {
  @Nullable Object read(CallView call);

  /** Whether a shadowed call reads it after the control instead of before. */
  default boolean late() {
    return false;
  }
}
