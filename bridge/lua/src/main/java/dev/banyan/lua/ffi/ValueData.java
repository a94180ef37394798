package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaNumbers;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;

/** A struct, union, array, complex number or vector, or a reference to one within another. */
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

  /** One that has a copy of what is in memory. */
  static ValueData copied(CType type, Memory memory, long offset) {
    ValueData value = owning(type, type.size());
    value.memory.copy(0, memory, offset, value.size);
    return value;
  }

  /** A part of a complex number: the real one, or the imaginary one. */
  double part(int which) {
    long size = ctype().element().size();
    long bits = memory.read(offset + which * size, (int) size);
    return size == Float.BYTES ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  @Override
  public @Nullable LuaNumber number() {
    return ctype().is(CType.Kind.COMPLEX) ? LuaNumbers.of(part(0)) : null;
  }

  @Override
  public @Nullable Int64 int64() {
    return ctype().is(CType.Kind.COMPLEX) ? Int64.signed(Int64.toLong(part(0))) : null;
  }

  @Override
  ValueData again() {
    return new ValueData(ctype(), memory, offset, size, reference);
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
