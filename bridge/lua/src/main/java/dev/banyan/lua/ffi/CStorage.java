package dev.banyan.lua.ffi;

/** How something is declared. */
enum CStorage {
  TYPEDEF,
  STATIC,
  OTHER
}
