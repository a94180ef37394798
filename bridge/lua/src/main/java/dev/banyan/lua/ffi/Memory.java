package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/**
 * Owned by one machine: a piece of memory that pointers point into. Whoever reads or writes beside
 * it gets an error; a string's own bytes can't be written to.
 */
@SuppressWarnings("ReferenceEquality")
final class Memory {
  static final String NO_SIZE = "size of C type is unknown or too large";

  /** Where nothing is: offsets into it are addresses. */
  static final Memory NOWHERE = new Memory(new byte[0], 0, 0, false, true);

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  final byte[] bytes;
  final int base;
  final int length;
  private final boolean terminated;
  private final boolean constant;

  /** What {@link Addresses} has given to it, 0 for nothing yet. */
  long address;

  /** What the pointers in it point into, by their offsets: kept as long as they may be read. */
  private @Nullable NavigableMap<Long, Memory> pointed;

  private Memory(byte[] bytes, int base, int length, boolean terminated, boolean constant) {
    this.bytes = bytes;
    this.base = base;
    this.length = length;
    this.terminated = terminated;
    this.constant = constant;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  static Memory allocate(int length) {
    return new Memory(new byte[length], 0, length, false, false);
  }

  /** Bytes that Java has as well. */
  static Memory of(byte[] bytes, int from, int length) {
    return new Memory(bytes, from, length, false, false);
  }

  /** The bytes of a string themselves, and the zero that C finds behind them. */
  static Memory of(LuaString s) {
    return new Memory(s.m_bytes, s.m_offset, s.m_length, true, true);
  }

  /** The bytes of a string that has an address. */
  static Memory ofString(byte[] bytes, int base, int length, long address) {
    Memory memory = new Memory(bytes, base, length, true, true);
    memory.address = address;
    return memory;
  }

  /** Whether both have the same bytes. */
  boolean hasContent(Memory other) {
    return Arrays.equals(
        bytes, base, base + length, other.bytes, other.base, other.base + other.length);
  }

  /** Whether these are a string's bytes. */
  boolean isString() {
    return terminated;
  }

  /** Little-endian bits, those above {@code size} bytes zero. */
  long read(long offset, int size) {
    if (offset < 0 || offset > length - size) {
      if (terminated && offset == length && size == 1) {
        return 0;
      }
      throw outside("read", offset, size);
    }
    int at = base + (int) offset;
    return switch (size) {
      case 1 -> bytes[at] & 0xff;
      case 2 -> (short) SHORTS.get(bytes, at) & 0xffff;
      case 4 -> Integer.toUnsignedLong((int) INTS.get(bytes, at));
      default -> (long) LONGS.get(bytes, at);
    };
  }

  void write(long offset, int size, long bits) {
    checkWritten(offset, size);
    int at = base + (int) offset;
    switch (size) {
      case 1 -> bytes[at] = (byte) bits;
      case 2 -> SHORTS.set(bytes, at, (short) bits);
      case 4 -> INTS.set(bytes, at, (int) bits);
      default -> LONGS.set(bytes, at, bits);
    }
  }

  /** Keeps what the pointer at an offset points into. */
  void keep(long offset, Memory target) {
    NavigableMap<Long, Memory> kept = pointed;
    if (kept == null) {
      if (target == NOWHERE) {
        return;
      }
      kept = new TreeMap<>();
      pointed = kept;
    }
    if (target == NOWHERE) {
      kept.remove(offset);
    } else {
      kept.put(offset, target);
    }
  }

  /** What the pointer at an offset points into, when that has this address; or null. */
  @Nullable Memory kept(long offset, long pointer) {
    Map<Long, Memory> kept = pointed;
    Memory target = kept == null ? null : kept.get(offset);
    boolean same =
        target != null
            && pointer - target.address >= 0
            && pointer - target.address <= target.length;
    return same ? target : null;
  }

  private void keepAll(long offset, Memory from, long fromOffset, long size) {
    NavigableMap<Long, Memory> kept = from.pointed;
    if (kept != null) {
      // Another map, since a copy within one memory changes the one that is read.
      Map<Long, Memory> copied = new TreeMap<>(kept.subMap(fromOffset, fromOffset + size));
      copied.forEach((at, target) -> keep(offset + (at - fromOffset), target));
    }
  }

  /** Copies what may overlap. */
  void copy(long offset, Memory from, long fromOffset, long size) {
    checkWritten(offset, size);
    from.checkRead(fromOffset, size);
    int whole = (int) Math.clamp(from.length - fromOffset, 0, size);
    System.arraycopy(from.bytes, from.base + (int) fromOffset, bytes, base + (int) offset, whole);
    if (whole < size) {
      bytes[base + (int) offset + whole] = 0;
    }
    keepAll(offset, from, fromOffset, size);
  }

  void fill(long offset, long size, int octet) {
    checkWritten(offset, size);
    int at = base + (int) offset;
    Arrays.fill(bytes, at, at + (int) size, (byte) octet);
  }

  /** A string of so many bytes. */
  LuaString string(long offset, long size) {
    checkRead(offset, size);
    int whole = (int) Math.clamp(length - offset, 0, size);
    byte[] copy = LuaText.room((int) size);
    if (whole > 0) {
      System.arraycopy(bytes, base + (int) offset, copy, 0, whole);
    }
    return LuaText.using(copy, (int) size);
  }

  /** How far the next zero is. */
  int untilZero(long offset) {
    if (offset >= 0) {
      for (int i = (int) Math.min(offset, length); i < length; i++) {
        if (bytes[base + i] == 0) {
          return i - (int) offset;
        }
      }
    }
    if (terminated && offset >= 0 && offset <= length) {
      return length - (int) offset;
    }
    throw outside("read", Math.max(offset, length), 1);
  }

  void checkRead(long offset, long size) {
    int end = length + (terminated ? 1 : 0);
    if (size < 0 || offset < 0 || size > end || offset > end - size) {
      throw outside("read", offset, size);
    }
  }

  private void checkWritten(long offset, long size) {
    if (size < 0 || offset < 0 || offset > length - size) {
      throw outside("write", offset, size);
    }
    if (constant) {
      throw LuaErrors.raise("attempt to write to constant location");
    }
  }

  private LuaError outside(String what, long offset, long size) {
    if (this == NOWHERE) {
      return LuaErrors.raise(
          offset == 0
              ? "attempt to " + what + " through a NULL pointer"
              : "attempt to "
                  + what
                  + " at "
                  + Long.toHexString(offset)
                  + ", where nothing is allocated");
    }
    return LuaErrors.raise(
        "attempt to "
            + what
            + " "
            + size
            + " bytes at offset "
            + offset
            + " of memory that has "
            + length);
  }
}
