package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: values as memory holds them. */
final class Cells {
  private final Addresses addresses;

  Cells(Addresses addresses) {
    this.addresses = addresses;
  }

  /** What is in memory, as Lua sees it: parts of it are references. */
  LuaValue load(CType type, Memory memory, long offset) {
    return switch (type.kind) {
      case INTEGER, BOOL, FLOAT, ENUM ->
          value(type, number(type, memory.read(offset, (int) known(type))));
      case POINTER -> pointer(type.plain(), memory, offset);
      case STRUCT, ARRAY -> ValueData.within(type, memory, offset);
      case COMPLEX, VECTOR -> ValueData.copied(type.plain(), memory, offset);
      case VOID, FUNCTION -> throw LuaErrors.raise(Memory.NO_SIZE);
      case REFERENCE -> throw LuaErrors.raise("invalid C type");
    };
  }

  private static long known(CType type) {
    long size = type.size();
    if (size == CType.NO_SIZE || size > 8) {
      throw LuaErrors.raise(size > 8 ? "invalid C type" : Memory.NO_SIZE);
    }
    return size;
  }

  /** What a bit field holds. */
  LuaValue load(CField field, Memory memory, long offset) {
    long bits = 0;
    int bytes = (field.bit() + field.bits() + 7) / 8;
    for (int i = 0; i < bytes; i++) {
      bits |= memory.read(offset + i, 1) << (8 * i);
    }
    int above = 64 - field.bit() - field.bits();
    long aligned = bits << above;
    boolean unsigned = field.type().unsigned;
    long number = unsigned ? aligned >>> (64 - field.bits()) : aligned >> (64 - field.bits());
    return value(field.type(), number);
  }

  void store(CField field, Memory memory, long offset, long value) {
    int bytes = (field.bit() + field.bits() + 7) / 8;
    long mask = ((1L << field.bits()) - 1) << field.bit();
    long shifted = (value << field.bit()) & mask;
    for (int i = 0; i < bytes; i++) {
      long octet = memory.read(offset + i, 1);
      long changed = (octet & ~(mask >>> (8 * i))) | (shifted >>> (8 * i));
      memory.write(offset + i, 1, changed & 0xff);
    }
  }

  void store(CType type, Memory memory, long offset, long bits) {
    long raw = bits;
    if (type.is(CType.Kind.FLOAT) && type.size() == 4) {
      raw = Float.floatToRawIntBits((float) Double.longBitsToDouble(bits));
    }
    memory.write(offset, (int) known(type), raw);
  }

  void store(PointerData pointer, Memory memory, long offset) {
    memory.write(offset, CType.POINTER_SIZE, addresses.of(pointer.memory, pointer.offset));
    memory.keep(offset, pointer.memory);
  }

  private PointerData pointer(CType type, Memory memory, long offset) {
    long address = memory.read(offset, CType.POINTER_SIZE);
    Memory target = memory.kept(offset, address);
    return target == null
        ? addresses.pointer(type, address)
        : new PointerData(type, target, address - target.address);
  }

  /** The bits of a number from those in memory. */
  private static long number(CType type, long raw) {
    if (!type.is(CType.Kind.FLOAT)) {
      return truncate(type, raw);
    }
    return type.size() == 4 ? Double.doubleToRawLongBits(Float.intBitsToFloat((int) raw)) : raw;
  }

  /** A number as Lua sees it when it is read. */
  static LuaValue value(CType type, long bits) {
    return switch (type.kind) {
      case BOOL -> LuaValue.valueOf(bits != 0);
      case FLOAT -> LuaNumbers.of(Double.longBitsToDouble(bits));
      case INTEGER -> type.isInt64() ? Int64.of(bits, type.unsigned) : LuaNumbers.of(bits);
      default -> new ScalarData(type.plain(), bits);
    };
  }

  /** An integer cut to a type. */
  static long truncate(CType type, long value) {
    if (type.is(CType.Kind.BOOL)) {
      return value != 0 ? 1 : 0;
    }
    return switch ((int) type.size()) {
      case 1 -> type.unsigned ? value & 0xff : (byte) value;
      case 2 -> type.unsigned ? value & 0xffff : (short) value;
      case 4 ->
          type.unsigned && !type.is(CType.Kind.ENUM)
              ? Integer.toUnsignedLong((int) value)
              : (int) value;
      default -> value;
    };
  }

  /** A double cut to a type of integers, as x64 does it. */
  static long truncate(CType type, double d) {
    if (type.is(CType.Kind.BOOL)) {
      return d != 0 ? 1 : 0;
    }
    if (type.size() == 8) {
      return type.unsigned ? Int64.toUnsignedLong(d) : Int64.toLong(d);
    }
    if (type.size() == 4 && type.isUnsigned()) {
      return truncate(type, Int64.toLong(d));
    }
    boolean fits = d > Integer.MIN_VALUE - 1.0 && d < Integer.MAX_VALUE + 1.0;
    return truncate(type, fits ? (int) d : Integer.MIN_VALUE);
  }
}
