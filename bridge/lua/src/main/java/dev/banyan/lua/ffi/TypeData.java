package dev.banyan.lua.ffi;

/** A C type as a value of Lua. */
final class TypeData extends FfiData {
  TypeData(CType type) {
    super(type);
  }
}
