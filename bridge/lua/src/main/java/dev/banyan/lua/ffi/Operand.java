package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** One side of an operator: a pointer, or a number, which keeps how it was given. */
record Operand(@Nullable PointerData pointer, @Nullable LuaValue number) {
  private static final Operand NULL =
      new Operand(PointerData.nullPointer(CType.VOID_POINTER), null);

  /** What a value is beside another one, of which an enum tells what names mean; or null. */
  static @Nullable Operand of(LuaValue value, LuaValue other) {
    return switch (value) {
      case LuaNumber n -> new Operand(null, n);
      case Int64 n -> new Operand(null, n);
      case ScalarData n -> new Operand(null, n);
      case PointerData p -> new Operand(p, null);
      case ValueData v -> v.ctype().is(CType.Kind.ARRAY) ? new Operand(v.pointer(), null) : null;
      case LuaString s -> enumerator(s, other);
      default -> value.isnil() ? NULL : null;
    };
  }

  private static @Nullable Operand enumerator(LuaString name, LuaValue other) {
    if (!(other instanceof ScalarData data) || !data.ctype().is(CType.Kind.ENUM)) {
      return null;
    }
    Long value = data.ctype().body().constant(LuaText.latin1(name));
    return value == null ? null : new Operand(null, Int64.signed(value));
  }

  /** Whether its number makes the operation one of {@code uint64_t}. */
  boolean isUnsigned() {
    return number instanceof Int64 n && n.isUnsigned();
  }

  /** The bits of its number for signed or unsigned arithmetic. */
  long bits(boolean unsigned) {
    if (number instanceof Int64 n) {
      return n.bits();
    }
    if (number instanceof ScalarData data && !data.ctype().is(CType.Kind.FLOAT)) {
      return data.integer();
    }
    double d =
        number instanceof ScalarData data
            ? data.asDouble()
            : number == null ? 0 : number.todouble();
    return unsigned ? Int64.toUnsignedLong(d) : Int64.toLong(d);
  }
}
