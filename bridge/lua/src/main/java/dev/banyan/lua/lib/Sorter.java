package dev.banyan.lua.lib;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Quicksort by median of three, comparing the same pairs as Lua's {@code table.sort} does, so that
 * unstable orders and inconsistent order functions end as they do there.
 */
final class Sorter {
  private final LuaVm vm;
  private final LuaTable table;
  private final @Nullable LuaFunction order;

  Sorter(LuaVm vm, LuaTable table, @Nullable LuaFunction order) {
    this.vm = vm;
    this.table = table;
    this.order = order;
  }

  void sort(int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      vm.burn(high - low);
      swapUnlessOrdered(low, high);
      if (high - low == 1) {
        return;
      }
      int middle = (low + high) / 2;
      if (less(at(middle), at(low))) {
        swap(middle, low);
      } else if (less(at(high), at(middle))) {
        swap(middle, high);
      }
      if (high - low == 2) {
        return;
      }
      LuaValue pivot = at(middle);
      swap(middle, high - 1);
      int split = partition(low, high, pivot);
      swap(high - 1, split);
      if (split - low < high - split) {
        sort(low, split - 1);
        low = split + 1;
      } else {
        sort(split + 1, high);
        high = split - 1;
      }
    }
  }

  private int partition(int low, int high, LuaValue pivot) {
    int i = low;
    int j = high - 1;
    while (true) {
      while (less(at(++i), pivot)) {
        if (i >= high) {
          throw LuaErrors.raise("invalid order function for sorting");
        }
      }
      while (less(pivot, at(--j))) {
        if (j <= low) {
          throw LuaErrors.raise("invalid order function for sorting");
        }
      }
      if (j < i) {
        return i;
      }
      swap(i, j);
    }
  }

  private void swapUnlessOrdered(int low, int high) {
    if (less(at(high), at(low))) {
      swap(low, high);
    }
  }

  private LuaValue at(int index) {
    return table.rawget(index);
  }

  private void swap(int a, int b) {
    LuaValue value = table.rawget(a);
    table.rawset(a, table.rawget(b));
    table.rawset(b, value);
  }

  private boolean less(LuaValue a, LuaValue b) {
    LuaFunction function = order;
    return function == null ? Semantics.precedes(vm, a, b) : function.call(a, b).toboolean();
  }
}
