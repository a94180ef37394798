package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one call: the arguments of a function of C, as it was declared. */
final class CArguments {
  private final FfiState state;
  private final CSignature signature;
  private final Varargs args;

  CArguments(FfiState state, CSignature signature, Varargs args) {
    this.state = state;
    this.signature = signature;
    this.args = args;
    for (int i = 1; i <= signature.parameters().size(); i++) {
      CType type = signature.parameters().get(i - 1);
      if (type.is(CType.Kind.POINTER)) {
        pointer(i);
      } else {
        integer(i);
      }
    }
  }

  /** An argument that tells how many bytes are looked at. */
  long count(int index) {
    long count = integer(index);
    state.burn(count);
    return count;
  }

  /** New memory, as large as the machine's bounds allow. */
  Memory allocate(long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw LuaErrors.bare("not enough memory");
    }
    state.vm.checkStringSize(size);
    return Memory.allocate((int) size);
  }

  PointerData pointer(int index) {
    CType type = signature.parameters().get(index - 1);
    if (!type.is(CType.Kind.POINTER)) {
      throw LuaErrors.argument(index, "declared as '" + type + "', which is no pointer");
    }
    return state.conversions.pointer(type, args.arg(index), false, index);
  }

  /** Stores a pointer into {@code text} where an argument points to, unless that is NULL. */
  void storePointer(int index, PointerData text, long more) {
    PointerData to = pointer(index);
    if (!to.isNull()) {
      PointerData end = new PointerData(text.ctype(), text.memory, text.offset + more);
      state.cells.store(end, to.memory, to.offset);
    }
  }

  long integer(int index) {
    CType type = signature.parameters().get(index - 1);
    if (!type.isInteger()) {
      throw LuaErrors.argument(index, "declared as '" + type + "', which is no integer");
    }
    return state.conversions.bits(type, args.arg(index), false, index);
  }

  /** An integer as the declared result. */
  LuaValue result(long value) {
    CType type = signature.result();
    if (type.is(CType.Kind.VOID)) {
      return LuaValue.NONE;
    }
    return type.isInteger() ? Cells.value(type, Cells.truncate(type, value)) : LuaValue.NONE;
  }

  /** A pointer as the declared result. */
  LuaValue result(PointerData pointer) {
    CType type = signature.result();
    return type.is(CType.Kind.POINTER)
        ? new PointerData(type, pointer.memory, pointer.offset)
        : LuaValue.NONE;
  }

  /** A pointer into what an argument points into. */
  LuaValue result(PointerData from, long more) {
    return result(new PointerData(from.ctype(), from.memory, from.offset + more));
  }

  LuaValue nullResult() {
    return result(PointerData.nullPointer(CType.VOID_POINTER));
  }
}
