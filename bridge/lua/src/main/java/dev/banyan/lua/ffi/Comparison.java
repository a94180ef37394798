package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: compares numbers and pointers. */
@SuppressWarnings("ReferenceEquality")
final class Comparison {
  private final FfiState state;
  private final Handlers handlers;

  Comparison(FfiState state, Handlers handlers) {
    this.state = state;
    this.handlers = handlers;
  }

  LuaValue equal(LuaValue a, LuaValue b) {
    if (a instanceof TypeData t && b instanceof TypeData u) {
      return LuaValue.valueOf(
          t.ctype().qualifiers == u.ctype().qualifiers && t.ctype().same(u.ctype()));
    }
    Operand x = Operand.of(a, b);
    Operand y = Operand.of(b, a);
    if (x != null && y != null) {
      PointerData p = x.pointer();
      PointerData q = y.pointer();
      if (p == null && q == null) {
        boolean unsigned = x.isUnsigned() || y.isUnsigned();
        return LuaValue.valueOf(x.bits(unsigned) == y.bits(unsigned));
      }
      return LuaValue.valueOf(p != null && q != null && comparable(p, q, true) && same(p, q));
    }
    LuaValue handler = handlers.either(Events.EQ, a, b);
    return handler.isnil()
        ? LuaValue.valueOf(samePlace(a, b))
        : handlers.call(handler, LuaValue.varargsOf(a, b)).arg1();
  }

  /** Whether a struct is the one that another value is, or points to. */
  private static boolean samePlace(LuaValue a, LuaValue b) {
    PointerData p = a instanceof FfiData ? Conversions.pointed(a) : null;
    PointerData q = b instanceof FfiData ? Conversions.pointed(b) : null;
    return p != null && q != null && comparable(p, q, true) && same(p, q);
  }

  LuaValue less(LuaString event, LuaValue a, LuaValue b) {
    boolean orEqual = event.equals(Events.LE);
    Operand x = Operand.of(a, b);
    Operand y = Operand.of(b, a);
    if (x != null && y != null) {
      PointerData p = x.pointer();
      PointerData q = y.pointer();
      if (p == null && q == null) {
        boolean unsigned = x.isUnsigned() || y.isUnsigned();
        int order = order(x.bits(unsigned), y.bits(unsigned), unsigned);
        return LuaValue.valueOf(orEqual ? order <= 0 : order < 0);
      }
      if (p != null && q != null && comparable(p, q, false)) {
        int order = order(p, q);
        return LuaValue.valueOf(orEqual ? order <= 0 : order < 0);
      }
    }
    LuaValue handler = handlers.either(event, a, b);
    if (!handler.isnil()) {
      return handlers.call(handler, LuaValue.varargsOf(a, b)).arg1();
    }
    Arithmetic.unknownName(a, b);
    Arithmetic.unknownName(b, a);
    throw LuaErrors.raise(
        "attempt to compare '" + Arithmetic.name(a) + "' with '" + Arithmetic.name(b) + "'");
  }

  private static int order(long a, long b, boolean unsigned) {
    return unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  private static boolean comparable(PointerData p, PointerData q, boolean alsoVoid) {
    CType a = p.ctype().element();
    CType b = q.ctype().element();
    boolean any = p.isNull() || q.isNull() || a.is(CType.Kind.VOID) || b.is(CType.Kind.VOID);
    return (alsoVoid && any) || Conversions.alike(a, b);
  }

  private static boolean same(PointerData p, PointerData q) {
    Memory a = p.memory;
    Memory b = q.memory;
    if (a == b) {
      return p.offset == q.offset;
    }
    if (a.bytes == b.bytes && a.bytes.length > 0) {
      return a.base + p.offset == b.base + q.offset;
    }
    // LuaJIT has one string of each content.
    return a.isString() && b.isString() && p.offset == q.offset && a.hasContent(b);
  }

  private int order(PointerData p, PointerData q) {
    if (p.memory != q.memory && p.memory.bytes == q.memory.bytes) {
      return Long.compare(p.memory.base + p.offset, q.memory.base + q.offset);
    }
    return Long.compareUnsigned(
        state.addresses.of(p.memory, p.offset), state.addresses.of(q.memory, q.offset));
  }
}
