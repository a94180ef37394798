package dev.banyan.router.flags;

/** Which sides of a module there are. */
public enum Sides {
  /** Its Lua alone: there is no port. */
  LUA,
  /** Both, between which its flag decides. */
  BOTH,
  /** Its port alone: the Lua file was deleted. */
  JAVA
}
