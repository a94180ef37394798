package dev.banyan.server.config;

import java.util.Locale;

/** What a module's failure means for the request: declared by each module, never guessed. */
public enum FailMode {
  /** The request goes on without the module. */
  OPEN,
  /** The request is refused. */
  CLOSED,
  /** Lua answers the call. */
  LUA;

  /** The name in configuration and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
