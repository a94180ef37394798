package dev.banyan.api;

/** Who answers a module's calls in one request: frozen for the request at its first call. */
public enum Way {
  /** Lua alone. */
  LUA,
  /** Lua, and the Java port is observed. */
  SHADOW,
  /** The Java port, with Lua behind it. */
  JAVA
}
