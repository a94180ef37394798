package dev.banyan.lua.ffi;

/** Whether a declarator has a name. */
enum CNaming {
  NONE,
  OPTIONAL,
  REQUIRED
}
