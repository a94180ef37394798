package dev.banyan.api;

/**
 * Capability: the error log. Lines are written when the call has succeeded; in shadow they are
 * compared where the module's {@code compare-log} says so, and never written.
 */
@FunctionalInterface
public interface Log {
  /** Writes a line at a level of nginx (4 is error, 5 warn, 6 notice, 7 info). */
  void log(int level, String message);

  /** Writes an error. */
  default void error(String message) {
    log(4, message);
  }

  /** Writes a warning. */
  default void warn(String message) {
    log(5, message);
  }
}
