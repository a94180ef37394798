package dev.banyan.lua.ffi;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.TreeMap;

/**
 * Owned by one machine: numbers for pieces of memory whose pointers are kept in memory themselves,
 * or looked at as numbers. As in C, such a number doesn't keep the memory: when that is gone, it
 * leads nowhere.
 */
final class Addresses {
  private static final long FIRST = 0x7f0000000000L;
  private static final int STEP = 16;

  private final TreeMap<Long, Known> known = new TreeMap<>();
  private final ReferenceQueue<Memory> gone = new ReferenceQueue<>();
  private long next = FIRST;

  private static final class Known extends WeakReference<Memory> {
    private final long address;

    Known(Memory memory, ReferenceQueue<Memory> queue) {
      super(memory, queue);
      this.address = memory.address;
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
      known.remove(((Known) old).address);
    }
    memory.address = next;
    next += (memory.length / STEP + 2L) * STEP;
    known.put(memory.address, new Known(memory, gone));
  }

  /** A pointer to an address: somewhere when memory is there. */
  PointerData pointer(CType type, long address) {
    if (address >= FIRST) {
      Map.Entry<Long, Known> entry = known.floorEntry(address);
      Memory memory = entry == null ? null : entry.getValue().get();
      if (memory != null && address - memory.address <= memory.length) {
        return new PointerData(type, memory, address - memory.address);
      }
    }
    return new PointerData(type, Memory.NOWHERE, address);
  }
}
