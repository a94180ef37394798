package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: {@code ffi.new}, {@code ffi.cast} and calls of types. */
final class Creation {
  private final FfiState state;

  Creation(FfiState state) {
    this.state = state;
  }

  /** {@code ffi.new(ct [,nelem] [,init...])}. */
  Varargs create(Varargs args) {
    return create(state.type(args).referred(), args);
  }

  /** A value of a type; the first argument stands for the type. */
  LuaValue create(CType type, Varargs args) {
    int first = 2;
    long size = type.size();
    if (type.isVariable()) {
      size = type.size(count(args));
      first = 3;
    }
    if (size == CType.NO_SIZE) {
      throw LuaErrors.argument(1, Memory.NO_SIZE);
    }
    state.vm.checkStringSize(size);
    state.burn(size);
    return state.finalizers.begin(state.initializers.create(type, size, args, first));
  }

  /** How many variable elements the second argument asks for. */
  long count(Varargs args) {
    LuaValue count = LuaArgs.checkAny(args, 2);
    return state.conversions.bits(CType.INT, count, false, 2);
  }

  /** {@code ffi.cast(ct, value)}. */
  Varargs cast(Varargs args) {
    CType type = state.type(args);
    LuaValue value = LuaArgs.checkAny(args, 2);
    if (type.is(CType.Kind.REFERENCE) && type.element().isAggregate()) {
      CType pointer = CType.pointer(type.element());
      PointerData place = state.conversions.pointer(pointer, value, true, 0);
      return ValueData.within(type.element(), place.memory, place.offset);
    }
    if (!type.isNumber() && !type.is(CType.Kind.POINTER)) {
      throw LuaErrors.argument(1, "invalid C type");
    }
    boolean same = value instanceof FfiData data && data.ctype() == type;
    return same ? value : state.conversions.scalar(type, value, true);
  }
}
