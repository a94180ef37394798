package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one call: the arguments of a function of C, as it was declared. */
final class CArguments {
  private static final CType UNSIGNED_POINTER = CType.pointer(CType.UNSIGNED_CHAR);

  private final FfiState state;
  private final CSignature signature;
  private final Varargs args;
  private final PointerData[] pointers;

  CArguments(FfiState state, CSignature signature, Varargs args) {
    this.state = state;
    this.signature = signature;
    this.args = args;
    this.pointers = new PointerData[signature.parameters().size()];
    for (int i = 1; i <= signature.parameters().size(); i++) {
      CType type = signature.parameters().get(i - 1);
      if (type.is(CType.Kind.POINTER)) {
        pointers[i - 1] = state.conversions.pointer(type, args.arg(i), false, i);
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

  /** What stands in Java for data that is only handed around. */
  CObjects objects() {
    return state.objects;
  }

  /** The object that an argument stands for. */
  <T> T object(int index, Class<T> type) {
    return objects()
        .at(pointer(index), type)
        .orElseThrow(() -> LuaErrors.argument(index, "nothing that was begun here"));
  }

  /** The bytes that one argument points to, as many as another one says. */
  byte[] counted(int index, int count) {
    return octets(index, count(count));
  }

  /** So many bytes that an argument points to. */
  byte[] octets(int index, long count) {
    return octets(pointer(index), count);
  }

  /**
   * So many bytes that an argument points to, zeros where there are fewer. C reads whatever lies
   * there: a library begins a cipher with an empty text for its key, to ask for the key's length.
   */
  byte[] octetsOrZeros(int index, int count) {
    PointerData from = pointer(index);
    return Arrays.copyOf(octets(from, Math.min(count, from.memory.length - from.offset)), count);
  }

  /** So many bytes from a place on. */
  byte[] octets(PointerData from, long count) {
    return count == 0 ? new byte[0] : LuaText.bytes(from.memory.string(from.offset, count));
  }

  /** The bytes up to a zero that an argument points to. */
  byte[] cString(int index) {
    PointerData from = pointer(index);
    return octets(index, from.memory.untilZero(from.offset));
  }

  /** The text that an argument points to. */
  String text(int index) {
    return new String(cString(index), StandardCharsets.ISO_8859_1);
  }

  /** The text at a place. */
  String textAt(PointerData from) {
    return new String(
        octets(from, from.memory.untilZero(from.offset)), StandardCharsets.ISO_8859_1);
  }

  /** A text that is nobody's, as C's literals are. */
  PointerData literal(String text) {
    return new PointerData(CType.CONST_CHAR_POINTER, Memory.of(LuaText.of(text)), 0);
  }

  /** Charges work. */
  void burn(long bytes) {
    state.burn(bytes);
  }

  /** Writes bytes. */
  void store(PointerData to, byte[] octets) {
    if (octets.length != 0) {
      to.memory.copy(to.offset, Memory.of(octets, 0, octets.length), 0, octets.length);
    }
  }

  /** Writes how many bytes there were where an argument points to, unless that is NULL. */
  void storeLength(int index, int length) {
    PointerData to = pointer(index);
    if (!to.isNull()) {
      to.memory.write(to.offset, Integer.BYTES, length);
    }
  }

  /** As {@link #storeLength}, for a {@code size_t}. */
  void storeSize(int index, int length) {
    PointerData to = pointer(index);
    if (!to.isNull()) {
      to.memory.write(to.offset, Long.BYTES, length);
    }
  }

  /** The {@code size_t} that an argument points to. */
  long sizeAt(int index) {
    PointerData from = pointer(index);
    return from.memory.read(from.offset, Long.BYTES);
  }

  /**
   * What {@code i2d_} does: writes bytes where a pointer points to that an argument points to, and
   * moves it behind them. NULL there becomes a pointer to memory of their own.
   */
  void storeEncoded(int index, byte[] octets) {
    PointerData place = pointer(index);
    if (place.isNull()) {
      return;
    }
    PointerData to = pointerAt(place.memory, place.offset);
    if (to.isNull()) {
      Memory fresh = Memory.of(octets, 0, octets.length);
      storePointerAt(new PointerData(UNSIGNED_POINTER, fresh, 0), place.memory, place.offset);
    } else {
      store(to, octets);
      PointerData end = new PointerData(UNSIGNED_POINTER, to.memory, to.offset + octets.length);
      storePointerAt(end, place.memory, place.offset);
    }
  }

  /** The pointer that lies in memory. */
  PointerData pointerAt(Memory memory, long offset) {
    return (PointerData) state.cells.load(UNSIGNED_POINTER, memory, offset);
  }

  /** Lets a pointer lie in memory. */
  void storePointerAt(PointerData pointer, Memory memory, long offset) {
    state.cells.store(pointer, memory, offset);
  }

  /** Writes bytes where one argument points to, and how many these are where another does. */
  void storeWithLength(int index, byte[] octets, int length) {
    store(pointer(index), octets);
    storeLength(length, octets.length);
  }

  PointerData pointer(int index) {
    CType type = signature.parameters().get(index - 1);
    if (!type.is(CType.Kind.POINTER)) {
      throw LuaErrors.argument(index, "declared as '" + type + "', which is no pointer");
    }
    return pointers[index - 1];
  }

  /** Calls a function that compares what lies in two places. */
  int compare(PointerData comparator, PointerData a, PointerData b) {
    state.burn(1);
    return Callbacks.compare(state, comparator, a, b);
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

  /** What the function is declared to give. */
  CType resultType() {
    return signature.result();
  }

  /** A struct, which is the declared result. */
  LuaValue result(ValueData struct) {
    return struct;
  }

  /** What the function answers: a pointer to an object that it has made. */
  LuaValue made(Object object) {
    return result(objects().create(object));
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
