package dev.banyan.lua.ngx.shared;

/**
 * The lists of a dict in its zone's memory. The entry has a list's ends and length, each item a
 * block of its own. Not thread-safe; guarded by the dict that owns it.
 */
final class DictLists {
  /** Octets that nginx takes for a list beside its key. */
  static final int OVERHEAD = 16;

  /** Octets that nginx takes for an item beside its value; ours are {@value #OCTETS} of them. */
  private static final int ITEM_OVERHEAD = 21;

  private static final int NONE = DictEntries.NONE;

  // of a list
  private static final int FIRST = DictEntries.PLAIN;
  private static final int LAST = DictEntries.PLAIN + 4;
  private static final int COUNT = DictEntries.PLAIN + 8;

  // of an item; the length says whether it is a number
  private static final int BEFORE = 0;
  private static final int AFTER = 4;
  private static final int LENGTH = 8;
  private static final int OCTETS = 12;
  private static final int A_NUMBER = -1;

  private final SlabPool slab;
  private final ZoneBytes bytes;

  DictLists(SlabPool slab) {
    this.slab = slab;
    this.bytes = slab.bytes();
  }

  /** Makes an empty list of an entry. */
  void begin(int list) {
    bytes.putInt(list, FIRST, NONE);
    bytes.putInt(list, LAST, NONE);
    bytes.putInt(list, COUNT, 0);
  }

  int length(int list) {
    return bytes.getInt(list, COUNT);
  }

  /** Adds octets or a number; false where there is no room. */
  boolean push(int list, SharedDict.End end, DictValue value) {
    if (value instanceof DictValue.Bool) {
      throw new IllegalArgumentException("a dict's list holds octets and numbers, no booleans");
    }
    int item = slab.allocate(ITEM_OVERHEAD + value.size());
    if (item == SlabPool.NO_ROOM) {
      return false;
    }
    put(item, value);
    switch (end) {
      case LEFT -> link(list, item, FIRST, LAST, BEFORE, AFTER);
      case RIGHT -> link(list, item, LAST, FIRST, AFTER, BEFORE);
    }
    bytes.putInt(list, COUNT, length(list) + 1);
    return true;
  }

  private void put(int item, DictValue value) {
    if (value instanceof DictValue.Num number) {
      bytes.putInt(item, LENGTH, A_NUMBER);
      bytes.putLong(item, OCTETS, Double.doubleToRawLongBits(number.value()));
    } else if (value instanceof DictValue.Octets octets) {
      bytes.putInt(item, LENGTH, octets.size());
      bytes.write(item, OCTETS, octets.bytes());
    }
  }

  /** Puts an item at an end; outwards of it is nothing. */
  private void link(int list, int item, int end, int otherEnd, int outwards, int inwards) {
    int neighbour = bytes.getInt(list, end);
    bytes.putInt(item, outwards, NONE);
    bytes.putInt(item, inwards, neighbour);
    if (neighbour == NONE) {
      bytes.putInt(list, otherEnd, item);
    } else {
      bytes.putInt(neighbour, outwards, item);
    }
    bytes.putInt(list, end, item);
  }

  /** Takes an item from a list that has one. */
  DictValue pop(int list, SharedDict.End end) {
    return switch (end) {
      case LEFT -> take(list, FIRST, LAST, BEFORE, AFTER);
      case RIGHT -> take(list, LAST, FIRST, AFTER, BEFORE);
    };
  }

  private DictValue take(int list, int end, int otherEnd, int outwards, int inwards) {
    int item = bytes.getInt(list, end);
    int neighbour = bytes.getInt(item, inwards);
    bytes.putInt(list, end, neighbour);
    if (neighbour == NONE) {
      bytes.putInt(list, otherEnd, NONE);
    } else {
      bytes.putInt(neighbour, outwards, NONE);
    }
    bytes.putInt(list, COUNT, length(list) - 1);
    DictValue value = value(item);
    slab.free(item);
    return value;
  }

  private DictValue value(int item) {
    int length = bytes.getInt(item, LENGTH);
    return length == A_NUMBER
        ? DictValue.of(Double.longBitsToDouble(bytes.getLong(item, OCTETS)))
        : new DictValue.Octets(bytes.read(item, OCTETS, length));
  }

  /** Gives the room of all items back. */
  void clear(int list) {
    for (int item = bytes.getInt(list, FIRST); item != NONE; ) {
      int after = bytes.getInt(item, AFTER);
      slab.free(item);
      item = after;
    }
  }
}
