package dev.banyan.host;

import java.time.Clock;

/**
 * Immutable: the doors to the world that a call may be given.
 *
 * @param clock the time; in shadow the control's
 */
public record Capabilities(Clock clock) {
  /** Whether a parameter of {@code type} is a capability. */
  static boolean offers(Class<?> type) {
    return type == Clock.class;
  }

  Object get(Class<?> type) {
    if (type == Clock.class) {
      return clock;
    }
    throw new IllegalArgumentException("no capability " + type.getName());
  }
}
