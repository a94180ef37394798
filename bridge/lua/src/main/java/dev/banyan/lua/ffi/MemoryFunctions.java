package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaArgs;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: the functions of {@code ffi} that read and write memory. */
final class MemoryFunctions {
  private final FfiState state;

  MemoryFunctions(FfiState state) {
    this.state = state;
  }

  /** {@code ffi.string(ptr [,len])}. */
  Varargs string(Varargs args) {
    LuaValue value = LuaArgs.checkAny(args, 1);
    if (LuaArgs.isNoneOrNil(args, 2)) {
      if (value instanceof LuaString s) {
        return s;
      }
      return text(value);
    }
    PointerData from = source(CType.CONST_VOID_POINTER, value, 1);
    long length = length(args, 2);
    state.burn(length);
    return from.memory.string(from.offset, length);
  }

  private LuaString text(LuaValue value) {
    if (value instanceof ValueData array && array.ctype().isText()) {
      long end = array.offset + array.size;
      int length = 0;
      while (array.offset + length < end && array.memory.read(array.offset + length, 1) != 0) {
        length++;
      }
      return array.memory.string(array.offset, length);
    }
    PointerData from = source(CType.CONST_CHAR_POINTER, value, 1);
    return from.memory.string(from.offset, from.memory.untilZero(from.offset));
  }

  private PointerData source(CType type, LuaValue value, int argument) {
    return state.conversions.pointer(type, value, false, argument);
  }

  private long length(Varargs args, int argument) {
    return state.conversions.bits(CType.INT, LuaArgs.checkAny(args, argument), false, argument);
  }

  /** {@code ffi.copy(dst, src [,len])}. */
  Varargs copy(Varargs args) {
    PointerData to = source(CType.VOID_POINTER, LuaArgs.checkAny(args, 1), 1);
    LuaValue value = LuaArgs.checkAny(args, 2);
    PointerData from = source(CType.CONST_VOID_POINTER, value, 2);
    long length =
        value instanceof LuaString s && LuaArgs.isNoneOrNil(args, 3)
            ? s.m_length + 1L
            : length(args, 3);
    state.burn(length);
    if (length != 0) {
      to.memory.copy(to.offset, from.memory, from.offset, length);
    }
    return LuaValue.NONE;
  }

  /** {@code ffi.fill(dst, len [,c])}. */
  Varargs fill(Varargs args) {
    PointerData to = source(CType.VOID_POINTER, LuaArgs.checkAny(args, 1), 1);
    long length = length(args, 2);
    int octet = LuaArgs.isNoneOrNil(args, 3) ? 0 : (int) length(args, 3);
    state.burn(length);
    if (length != 0) {
      to.memory.fill(to.offset, length, octet);
    }
    return LuaValue.NONE;
  }
}
