package dev.banyan.lua.ffi;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NullPointer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one machine: makes C's numbers and pointers of Lua's values, by the rules of assignment
 * or by those of a cast.
 */
final class Conversions {
  private final Addresses addresses;
  private final Callbacks callbacks;

  Conversions(Addresses addresses, Callbacks callbacks) {
    this.addresses = addresses;
    this.callbacks = callbacks;
  }

  /** A value of a number's or pointer's type, as {@code ffi.new} and {@code ffi.cast} make it. */
  LuaValue scalar(CType type, LuaValue value, boolean cast) {
    if (type.is(CType.Kind.POINTER)) {
      return pointer(type, value, cast, 0);
    }
    return boxed(type, bits(type, value, cast, 0));
  }

  /** A number that keeps its type. */
  static CData boxed(CType type, long bits) {
    return type.isInt64() && type.qualifiers == 0
        ? Int64.of(bits, type.unsigned)
        : new ScalarData(type, bits);
  }

  // ---- numbers

  /** The bits of a number; a failure is that of an argument, or of none with 0. */
  long bits(CType type, LuaValue value, boolean cast, int argument) {
    if (!type.isNumber() || type.size() > 8) {
      throw failure(value, type, argument);
    }
    if (value instanceof LuaNumber n) {
      return ofDouble(type, n.todouble());
    }
    if (value instanceof Int64 n) {
      return ofInteger(type, n.bits(), n.isUnsigned());
    }
    if (value instanceof ScalarData n) {
      return n.ctype().is(CType.Kind.FLOAT)
          ? ofDouble(type, n.asDouble())
          : ofInteger(type, n.integer(), n.ctype().isInt64() && n.ctype().unsigned);
    }
    if (value instanceof ValueData v
        && v.ctype().is(CType.Kind.COMPLEX)
        && !type.is(CType.Kind.BOOL)) {
      return ofDouble(type, v.part(0));
    }
    if (value.isboolean()) {
      return ofInteger(type, value.toboolean() ? 1 : 0, false);
    }
    if (value instanceof LuaString s && type.is(CType.Kind.ENUM)) {
      Long constant = type.body().constant(LuaText.latin1(s));
      if (constant != null) {
        return ofInteger(type, constant, false);
      }
    } else if (cast && (type.is(CType.Kind.INTEGER) || type.is(CType.Kind.ENUM))) {
      PointerData pointer = pointed(value);
      if (pointer != null) {
        return Cells.truncate(type, addresses.of(pointer.memory, pointer.offset));
      }
    }
    throw failure(value, type, argument);
  }

  private static long ofDouble(CType type, double d) {
    if (!type.is(CType.Kind.FLOAT)) {
      return Cells.truncate(type, d);
    }
    return Double.doubleToRawLongBits(type.size() == 4 ? (float) d : d);
  }

  private static long ofInteger(CType type, long value, boolean unsigned) {
    return type.is(CType.Kind.FLOAT)
        ? ofDouble(type, Int64.toDouble(value, unsigned))
        : Cells.truncate(type, value);
  }

  // ---- pointers

  /** A pointer; a failure is that of an argument, or of none with 0. */
  PointerData pointer(CType type, LuaValue value, boolean cast, int argument) {
    CType to = type.element();
    if (to.is(CType.Kind.FUNCTION) && value instanceof LuaFunction f && Callbacks.may(to)) {
      return callbacks.create(type, f);
    }
    if (value instanceof FunctionData f && (cast || compatible(to, f.ctype()))) {
      return callbacks.pointer(type, f.function());
    }
    if (value instanceof LuaString s) {
      if (cast || isConstText(to)) {
        return new PointerData(type, Memory.of(s), 0);
      }
    } else if (value instanceof PointerData p && (cast || compatible(to, p.ctype().element()))) {
      return new PointerData(type, p.memory, p.offset);
    } else if (value instanceof ValueData v && !v.ctype().isCompound()) {
      CType from = v.ctype().is(CType.Kind.ARRAY) ? v.ctype().element() : v.ctype().plain();
      if (cast || compatible(to, from)) {
        return new PointerData(type, v.memory, v.offset);
      }
    } else if (cast && value instanceof LuaNumber n) {
      return addresses.pointer(type, Int64.toUnsignedLong(n.todouble()));
    } else if (cast && value instanceof Int64 n) {
      return addresses.pointer(type, n.bits());
    } else if (cast && value instanceof ScalarData n && n.ctype().isInteger()) {
      return addresses.pointer(type, n.integer());
    } else {
      PointerData pointer = pointed(value);
      if (pointer != null && !(value instanceof FfiData)) {
        return new PointerData(type, pointer.memory, pointer.offset);
      }
    }
    throw failure(value, type, argument);
  }

  /** What a value points to whatever the type: null when it is no pointer. */
  static @Nullable PointerData pointed(LuaValue value) {
    return switch (value) {
      case PointerData p -> p;
      case ValueData v -> v.ctype().isCompound() ? null : v.pointer();
      case LuaString s -> new PointerData(CType.CONST_CHAR_POINTER, Memory.of(s), 0);
      case NullPointer _ -> PointerData.nullPointer(CType.VOID_POINTER);
      default -> {
        if (value.isnil()) {
          yield PointerData.nullPointer(CType.VOID_POINTER);
        }
        // What Java has is nowhere in C's memory: a place of its own that can't be read.
        boolean opaque =
            value.type() == LuaValue.TUSERDATA
                && !(value instanceof FfiData)
                && !(value instanceof Int64);
        yield opaque
            ? new PointerData(
                CType.VOID_POINTER, Memory.NOWHERE, System.identityHashCode(value) | 1L << 32)
            : null;
      }
    };
  }

  private static boolean isConstText(CType to) {
    boolean text = to.is(CType.Kind.INTEGER) && to.size() == 1;
    return to.isConst() && (text || to.is(CType.Kind.VOID));
  }

  /** Whether a pointer to {@code from} may become one to {@code to}. */
  static boolean compatible(CType to, CType from) {
    if ((from.qualifiers & ~to.qualifiers) != 0) {
      return false;
    }
    return to.is(CType.Kind.VOID) || from.is(CType.Kind.VOID) || alike(to, from);
  }

  /** Whether two types are the same, but for the sign of integers and for qualifiers outside. */
  static boolean alike(CType a, CType b) {
    if (a.is(CType.Kind.INTEGER) || a.is(CType.Kind.ENUM)) {
      boolean number = b.is(CType.Kind.INTEGER) || b.is(CType.Kind.ENUM);
      return number && a.size() == b.size();
    }
    // LuaJIT looks at no function's parameters: a library frees all that it keeps by one type.
    return a.is(CType.Kind.FUNCTION) ? b.is(CType.Kind.FUNCTION) : a.plain().same(b.plain());
  }

  // ---- failures

  /** {@code cannot convert 'x' to 'y'}. */
  static LuaError failure(LuaValue value, CType type, int argument) {
    String message = "cannot convert '" + from(value) + "' to '" + type.inErrors() + "'";
    return argument == 0 ? LuaErrors.raise(message) : LuaErrors.argument(argument, message);
  }

  private static String from(LuaValue value) {
    if (value instanceof CData) {
      return Arithmetic.name(value);
    }
    if (value instanceof NullPointer) {
      return "void *";
    }
    return value.isboolean() ? "bool" : value.typename();
  }
}
