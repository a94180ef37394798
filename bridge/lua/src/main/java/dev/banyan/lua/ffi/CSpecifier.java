package dev.banyan.lua.ffi;

/** What a declaration begins with: the type, and how what follows is declared. */
record CSpecifier(CType type, CStorage storage, CAttributes attributes) {
  /** The type, with what attributes behind it make of a number. */
  CType base() {
    return attributes.applied(type);
  }
}
