package dev.banyan.lua.ffi;

/** A pointer: a place in memory, or an address where none is. */
final class PointerData extends FfiData {
  final Memory memory;
  final long offset;

  PointerData(CType type, Memory memory, long offset) {
    super(type);
    this.memory = memory;
    this.offset = offset;
  }

  static PointerData nullPointer(CType type) {
    return new PointerData(type, Memory.NOWHERE, 0);
  }

  @Override
  PointerData again() {
    return new PointerData(ctype(), memory, offset);
  }

  boolean isNull() {
    return memory == Memory.NOWHERE && offset == 0;
  }
}
