package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaNumbers;
import org.luaj.vm2.LuaNumber;

/**
 * A number of another type than those that Lua's numbers and {@link Int64} stand for. Its bits are
 * an integer's value, or those of a double for all floating types.
 */
final class ScalarData extends FfiData {
  private final long bits;

  ScalarData(CType type, long bits) {
    super(type);
    this.bits = bits;
  }

  long bits() {
    return bits;
  }

  double asDouble() {
    return ctype().is(CType.Kind.FLOAT) ? Double.longBitsToDouble(bits) : (double) integer();
  }

  /** The value of an integer; an enum without negative values has none. */
  long integer() {
    return ctype().is(CType.Kind.ENUM) && ctype().isUnsigned()
        ? Integer.toUnsignedLong((int) bits)
        : bits;
  }

  @Override
  public LuaNumber number() {
    return LuaNumbers.of(asDouble());
  }

  @Override
  public long unsignedBits() {
    return ctype().is(CType.Kind.FLOAT) ? Int64.toUnsignedLong(asDouble()) : integer();
  }

  @Override
  public Int64 int64() {
    return Int64.signed(ctype().is(CType.Kind.FLOAT) ? Int64.toLong(asDouble()) : integer());
  }
}
