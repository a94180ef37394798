package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: computes with 64-bit integers and with pointers. */
@SuppressWarnings("ReferenceEquality")
final class Arithmetic {
  private final Handlers handlers;

  Arithmetic(Handlers handlers) {
    this.handlers = handlers;
  }

  LuaValue apply(LuaString event, LuaValue a, LuaValue b) {
    Operand x = Operand.of(a, b);
    Operand y = Operand.of(b, a);
    LuaValue result = null;
    if (x != null && y != null) {
      result =
          x.pointer() == null && y.pointer() == null ? integer(event, x, y) : pointer(event, x, y);
    }
    return result == null ? meta(event, a, b) : result;
  }

  private LuaValue meta(LuaString event, LuaValue a, LuaValue b) {
    LuaValue handler = handlers.either(event, a, b);
    if (!handler.isnil()) {
      return handlers.call(handler, LuaValue.varargsOf(a, b)).arg1();
    }
    unknownName(a, b);
    unknownName(b, a);
    throw LuaErrors.raise(
        "attempt to perform arithmetic on '" + name(a) + "' and '" + name(b) + "'");
  }

  /** A string beside an enum that has no such name. */
  static void unknownName(LuaValue name, LuaValue other) {
    if (name instanceof LuaString
        && other instanceof ScalarData data
        && data.ctype().is(CType.Kind.ENUM)) {
      throw Conversions.failure(name, data.ctype(), 0);
    }
  }

  /** What errors about operators call a value: an enum by its integers' type. */
  static String name(LuaValue value) {
    return value instanceof ScalarData data && data.ctype().is(CType.Kind.ENUM)
        ? CType.integer(4, data.ctype().isUnsigned()).toString()
        : FfiState.name(value);
  }

  LuaValue concat(LuaValue a, LuaValue b) {
    LuaValue handler = handlers.either(Events.CONCAT, a, b);
    if (handler.isnil()) {
      unknownName(a, b);
      unknownName(b, a);
      throw LuaErrors.raise("attempt to concatenate '" + name(a) + "' and '" + name(b) + "'");
    }
    return handlers.call(handler, LuaValue.varargsOf(a, b)).arg1();
  }

  // ---- pointers

  private static @Nullable LuaValue pointer(LuaString event, Operand x, Operand y) {
    PointerData p = x.pointer();
    PointerData q = y.pointer();
    if (p != null && q != null) {
      return event.equals(Events.SUB) ? difference(p, q) : null;
    }
    if (event.equals(Events.ADD)) {
      return p != null ? moved(p, y.bits(false)) : q == null ? null : moved(q, x.bits(false));
    }
    return event.equals(Events.SUB) && p != null ? moved(p, -y.bits(false)) : null;
  }

  private static @Nullable LuaValue moved(PointerData pointer, long count) {
    CType element = pointer.ctype().element();
    long size = element.size();
    return size == CType.NO_SIZE
        ? null
        : new PointerData(CType.pointer(element), pointer.memory, pointer.offset + count * size);
  }

  private static @Nullable LuaValue difference(PointerData p, PointerData q) {
    CType element = p.ctype().element();
    long size = element.size();
    if (size <= 0 || !Conversions.alike(element, q.ctype().element())) {
      return null;
    }
    if (p.memory != q.memory && p.memory.bytes != q.memory.bytes) {
      throw LuaErrors.raise("attempt to subtract pointers into two pieces of memory");
    }
    return LuaNumbers.of((place(p) - place(q)) / size);
  }

  private static long place(PointerData p) {
    return p.memory == Memory.NOWHERE ? p.offset : p.memory.base + p.offset;
  }

  // ---- integers

  private static LuaValue integer(LuaString event, Operand x, Operand y) {
    boolean unsigned = x.isUnsigned() || y.isUnsigned();
    long a = x.bits(unsigned);
    long b = y.bits(unsigned);
    return Int64.of(compute(event, a, b, unsigned), unsigned);
  }

  private static long compute(LuaString event, long a, long b, boolean unsigned) {
    if (event.equals(Events.ADD)) {
      return a + b;
    }
    if (event.equals(Events.SUB)) {
      return a - b;
    }
    if (event.equals(Events.MUL)) {
      return a * b;
    }
    if (event.equals(Events.UNM)) {
      return -a;
    }
    if (event.equals(Events.POW)) {
      return unsigned || b >= 0 ? power(a, b) : fraction(a, b);
    }
    if (b == 0) {
      return Long.MIN_VALUE;
    }
    if (event.equals(Events.DIV)) {
      return unsigned ? Long.divideUnsigned(a, b) : a / b;
    }
    return unsigned ? Long.remainderUnsigned(a, b) : a % b;
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long left = exponent; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /** A power with a negative exponent, as near to it as integers come. */
  private static long fraction(long base, long exponent) {
    if (base == 0) {
      return Long.MAX_VALUE;
    }
    if (base == 1) {
      return 1;
    }
    return base == -1 ? ((exponent & 1) != 0 ? -1 : 1) : 0;
  }
}
