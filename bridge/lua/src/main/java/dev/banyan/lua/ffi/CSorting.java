package dev.banyan.lua.ffi;

import java.util.Map;
import org.luaj.vm2.LuaValue;

/** C's {@code qsort} and {@code bsearch}, which compare in the order that glibc does. */
final class CSorting {
  private static final int BASE = 1;

  private CSorting() {}

  static Map<String, CFunction> functions() {
    return Map.of(
        "qsort", new CFunction(4, CSorting::sort), "bsearch", new CFunction(5, CSorting::search));
  }

  private static LuaValue sort(CArguments c) {
    PointerData base = c.pointer(BASE);
    long count = c.integer(2);
    long size = c.integer(3);
    if (count > 1 && size > 0) {
      long whole = size > Integer.MAX_VALUE / count ? Long.MAX_VALUE : count * size;
      base.memory.checkRead(base.offset, whole);
      c.burn(whole);
      new Merge(c, c.pointer(4), base, size, c.allocate(whole)).sort(0, count);
    }
    return LuaValue.NONE;
  }

  /** Owned by one call: sorts halves and merges them, equal elements in their order. */
  private record Merge(
      CArguments c, PointerData comparator, PointerData base, long size, Memory room) {
    private long place(long index) {
      return base.offset + index * size;
    }

    private PointerData at(long index) {
      return new PointerData(CType.CONST_VOID_POINTER, base.memory, place(index));
    }

    void sort(long from, long count) {
      if (count <= 1) {
        return;
      }
      long first = count / 2;
      sort(from, first);
      sort(from + first, count - first);
      long left = from;
      long right = from + first;
      long end = from + count;
      long done = 0;
      while (left < from + first && right < end) {
        boolean inOrder = c.compare(comparator, at(left), at(right)) <= 0;
        room.copy(done * size, base.memory, place(inOrder ? left++ : right++), size);
        done++;
      }
      long rest = from + first - left;
      room.copy(done * size, base.memory, place(left), rest * size);
      base.memory.copy(place(from), room, 0, (done + rest) * size);
    }
  }

  private static LuaValue search(CArguments c) {
    PointerData key = c.pointer(1);
    PointerData base = c.pointer(2);
    long size = c.integer(4);
    long low = 0;
    long high = c.integer(3);
    while (low < high) {
      long middle = (low + high) >>> 1;
      PointerData at =
          new PointerData(CType.CONST_VOID_POINTER, base.memory, base.offset + middle * size);
      int order = c.compare(c.pointer(5), key, at);
      if (order == 0) {
        return c.result(at);
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return c.nullResult();
  }
}
