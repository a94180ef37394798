package dev.banyan.server.config;

import java.time.Duration;

/**
 * Immutable: what has to have passed before a module's Lua file may be deleted.
 *
 * @param javaFor how long Java has answered everyone
 * @param rollbackWindow how long since the last change that somebody might want to take back: of
 *     the flag, or of the port
 */
public record RetireConfig(Duration javaFor, Duration rollbackWindow) {
  /** What is used unless configured. */
  public static final RetireConfig DEFAULT =
      new RetireConfig(Duration.ofDays(14), Duration.ofDays(7));
}
