package dev.banyan.it.matrix;

/** What a port does instead of its work. */
enum Fault {
  /** Nothing: it works. */
  OK,
  /** It throws before it does anything. */
  THROWS,
  /** It leaves the call to Lua. */
  DECLINES,
  /** It works, and its deadline is over meanwhile. */
  TOO_SLOW
}
