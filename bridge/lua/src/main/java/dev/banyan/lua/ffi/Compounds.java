package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: makes complex numbers and vectors of single values. */
final class Compounds {
  private final Conversions conversions;
  private final Cells cells;

  Compounds(Conversions conversions, Cells cells) {
    this.conversions = conversions;
    this.cells = cells;
  }

  /** Whether a single value becomes the whole of a type. */
  static boolean fits(CType type, LuaValue value) {
    if (value instanceof ValueData v) {
      boolean vector = type.is(CType.Kind.VECTOR) && v.ctype().is(CType.Kind.VECTOR);
      return vector ? v.size == type.size() : v.ctype().is(CType.Kind.COMPLEX);
    }
    return value instanceof LuaNumber || value instanceof Int64 || value instanceof ScalarData;
  }

  /** A complex number has no imaginary part then, a vector has the same number everywhere. */
  void assign(CType type, Memory memory, long offset, LuaValue value) {
    CType element = type.element();
    if (value instanceof ValueData v && v.ctype().is(CType.Kind.VECTOR)) {
      memory.copy(offset, v.memory, v.offset, v.size);
    } else if (type.is(CType.Kind.COMPLEX)) {
      double im = value instanceof ValueData v ? v.part(1) : 0;
      long real = conversions.bits(element, value, false, 0);
      cells.store(element, memory, offset, real);
      cells.store(element, memory, offset + element.size(), Double.doubleToRawLongBits(im));
    } else {
      long bits = conversions.bits(element, value, false, 0);
      for (long at = 0; at < type.size(); at += element.size()) {
        cells.store(element, memory, offset + at, bits);
      }
    }
  }
}
