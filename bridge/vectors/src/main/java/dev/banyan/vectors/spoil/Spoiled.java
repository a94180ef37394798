package dev.banyan.vectors.spoil;

import dev.banyan.vectors.shrink.Input;

/**
 * An input in which one thing is wrong.
 *
 * @param place where, such as {@code request.headers.*.* Cookie}
 * @param what is there now, in words
 */
public record Spoiled(Kind kind, String place, String what, Input input) {
  /** In what way an input is wrong. */
  public enum Kind {
    /** Something isn't there. */
    MISSING,
    /** Something has another form or type. */
    MALFORMED,
    /** Something is larger than anybody sends. */
    OVERSIZED,
    /** The world answers nothing, or at another time. */
    LATE
  }
}
