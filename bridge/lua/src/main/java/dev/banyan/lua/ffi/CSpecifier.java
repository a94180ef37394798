package dev.banyan.lua.ffi;

/** What a declaration begins with: the type, and how what follows is declared. */
record CSpecifier(CType type, CStorage storage, CAttributes attributes) {}
