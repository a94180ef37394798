package dev.banyan.lua.ffi;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one machine: numbers for pieces of memory whose pointers are kept in memory themselves,
 * or looked at as numbers. Such a number alone doesn't keep the memory: when that is gone, it leads
 * nowhere.
 *
 * <p>Equal strings have one number, as LuaJIT has but one of them: it is made from their content.
 */
final class Addresses {
  private static final long FIRST = 0x7f0000000000L;
  private static final long FIRST_OF_STRINGS = 0x100000000000L;
  private static final int BITS_OF_STRINGS = 41;
  private static final int STEP = 16;

  private final TreeMap<Long, Known> known = new TreeMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private long next = FIRST;

  /** A piece of memory, or the bytes of a string, which live as long as the string. */
  private static final class Known extends WeakReference<Object> {
    private final long address;
    private final int base;
    private final int length;

    Known(Memory memory, long address, ReferenceQueue<Object> queue) {
      super(memory.isString() ? memory.bytes : memory, queue);
      this.address = address;
      this.base = memory.base;
      this.length = memory.length;
    }

    @Nullable Memory memory() {
      return switch (get()) {
        case Memory memory -> memory;
        case byte[] bytes -> Memory.ofString(bytes, base, length, address);
        case null, default -> null;
      };
    }
  }

  /** The address of a place. */
  long of(Memory memory, long offset) {
    if (memory == Memory.NOWHERE) {
      return offset;
    }
    if (memory.address == 0) {
      assign(memory);
    }
    return memory.address + offset;
  }

  private void assign(Memory memory) {
    for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) {
      Known lost = (Known) old;
      known.remove(lost.address, lost);
    }
    long address = memory.isString() ? ofContent(memory) : 0;
    if (address == 0) {
      address = next;
      next += (memory.length / STEP + 2L) * STEP;
    }
    memory.address = address;
    known.put(address, new Known(memory, address, gone));
  }

  /** The address of all strings of a content; 0 when it is taken by others. */
  private long ofContent(Memory text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length; i++) {
      hash = (hash ^ (text.bytes[text.base + i] & 0xff)) * 0x100000001b3L;
    }
    long mixed = (hash ^ (hash >>> 29)) * 0x9e3779b97f4a7c15L;
    long address = FIRST_OF_STRINGS + (mixed >>> (Long.SIZE - BITS_OF_STRINGS)) * STEP;
    Map.Entry<Long, Known> before = known.floorEntry(address + text.length);
    if (before == null) {
      return address;
    }
    Memory there = before.getValue().memory();
    if (there == null || before.getKey() + there.length < address) {
      return address;
    }
    return before.getKey() == address && there.hasContent(text) ? address : 0;
  }

  /** A pointer to an address: somewhere when memory is there. */
  PointerData pointer(CType type, long address) {
    if (address >= FIRST_OF_STRINGS) {
      Map.Entry<Long, Known> entry = known.floorEntry(address);
      Memory memory = entry == null ? null : entry.getValue().memory();
      if (memory != null && address - memory.address <= memory.length) {
        return new PointerData(type, memory, address - memory.address);
      }
    }
    return new PointerData(type, Memory.NOWHERE, address);
  }
}
