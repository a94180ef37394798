package dev.banyan.api;

import java.util.Locale;

/**
 * What the failure of a port means for the request: declared by each module, never guessed. A port
 * that declines has not failed: Lua answers then, whatever is declared here.
 */
public enum FailMode {
  /** The request goes on without the module. */
  OPEN,
  /** The request is refused with status 500. */
  CLOSED,
  /** Lua answers the call; where it can't any more, the request is refused. */
  LUA;

  /** The name in configuration and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
