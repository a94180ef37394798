package dev.banyan.lua.ffi;

/** A struct, union or array, or a reference to one within another. */
final class ValueData extends FfiData {
  final Memory memory;
  final long offset;

  /** In bytes, what is variable included. */
  final long size;

  private final boolean reference;

  private ValueData(CType type, Memory memory, long offset, long size, boolean reference) {
    super(type);
    this.memory = memory;
    this.offset = offset;
    this.size = size;
    this.reference = reference;
  }

  /** One that has memory of its own. */
  static ValueData owning(CType type, long size) {
    return new ValueData(type, Memory.allocate((int) size), 0, size, false);
  }

  /** One that is part of another's memory. */
  static ValueData within(CType type, Memory memory, long offset) {
    long size = type.size();
    long rest = Math.max(0, memory.length - offset);
    return new ValueData(type, memory, offset, size == CType.NO_SIZE ? rest : size, true);
  }

  @Override
  CType shownType() {
    return reference ? CType.reference(ctype()) : ctype();
  }

  /** A pointer to it, or to an array's first element. */
  PointerData pointer() {
    CType to = ctype().is(CType.Kind.ARRAY) ? ctype().element() : ctype();
    return new PointerData(CType.pointer(to), memory, offset);
  }
}
