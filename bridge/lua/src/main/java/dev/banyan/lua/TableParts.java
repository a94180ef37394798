package dev.banyan.lua;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker's {@link LuaVm}: the array part and the hash part of a {@link Table}, of
 * which it knows nothing else.
 *
 * <p>A class of its own only to be read: the table is its one descendant and its methods are final,
 * so that they are called as if they were the table's. It is long because nearly each of them looks
 * at both parts, and a call more in the way of a read or a write is one too many.
 */
@SuppressWarnings("ReferenceEquality")
abstract sealed class TableParts extends LuaTable permits Table {
  private static final int[] NO_LINKS = {0};
  private static final int MAX_ARRAY_BITS = 27;

  /** Metamethods known to be absent from this table when it serves as a metatable. */
  int absentTags;

  /** The {@code __index} of this table when it serves as a metatable, once looked up. */
  @Nullable LuaValue cachedIndex;

  private LuaValue[] items = NOVALS;
  // bucket heads (capacity), then a hash and a link for each entry; indexes are kept plus one
  private int[] links = NO_LINKS;
  private LuaValue[] entries = NOVALS;
  private int mask;
  private int used;
  // items below the border are values and items from it on are nil, as long as this is dense
  private int border;
  private boolean dense = true;
  // the slot that the last loop over this is at
  private int reached;
  private @Nullable WeakMode weak;
  private @Nullable TableImage image;

  // ---- reading

  @Override
  public final LuaValue rawget(LuaValue key) {
    if (key instanceof LuaString string) {
      return getStr(string);
    }
    if (key instanceof LuaInteger integer) {
      return getInt(integer.v);
    }
    int entry = find(key);
    return entry < 0 ? NIL : live(entries[2 * entry + 1]);
  }

  @Override
  public final LuaValue rawget(int key) {
    return getInt(key);
  }

  @Override
  public final LuaValue rawget(String key) {
    return getStr(InternedStrings.of(key));
  }

  /** The raw value of a string key. */
  public final LuaValue getStr(LuaString key) {
    int entry = findStr(key);
    if (entry < 0) {
      return NIL;
    }
    LuaValue value = entries[2 * entry + 1];
    return weak == null ? value : live(value);
  }

  private int findStr(LuaString key) {
    int[] chain = links;
    int hash = key.hashCode();
    int capacity = mask + 1;
    int entry = chain[hash & mask] - 1;
    while (entry >= 0) {
      if (chain[capacity + 2 * entry] == hash) {
        LuaValue candidate = entries[2 * entry];
        if (candidate == key
            || (candidate instanceof LuaString s && InternedStrings.equal(s, key))) {
          return entry;
        }
      }
      entry = chain[capacity + 2 * entry + 1] - 1;
    }
    return -1;
  }

  /**
   * As {@link #getStr(LuaString)}, beginning where the instruction before {@code pc} found it last.
   */
  final LuaValue getStr(LuaString key, Code code, int pc) {
    int at = 2 * code.guesses[pc];
    LuaValue[] all = entries;
    if (at < all.length && all[at] == key && weak == null) {
      return all[at + 1];
    }
    int entry = findStr(key);
    if (entry < 0) {
      return NIL;
    }
    code.guess(pc, entry);
    return live(entries[2 * entry + 1]);
  }

  /** The raw value of an integer key. */
  public final LuaValue getInt(int key) {
    LuaValue[] array = items;
    int index = key - 1;
    if (index >= 0 && index < array.length) {
      LuaValue value = array[index];
      return weak == null ? value : live(value);
    }
    if (used == 0) {
      return NIL;
    }
    int entry = findInt(key);
    return entry < 0 ? NIL : live(entries[2 * entry + 1]);
  }

  // ---- writing

  @Override
  public final void rawset(LuaValue key, LuaValue value) {
    if (key instanceof LuaInteger integer) {
      setInt(integer.v, value);
    } else if (key instanceof LuaString string) {
      setStr(string, value);
    } else if (key instanceof LuaDouble number) {
      double d = number.todouble();
      if (d == 0) {
        setInt(0, value);
      } else if (Double.isNaN(d)) {
        throw LuaErrors.raise("table index is NaN");
      } else {
        setEntry(key, value);
      }
    } else if (key.isnil()) {
      throw LuaErrors.raise("table index is nil");
    } else {
      setEntry(key, value);
    }
  }

  @Override
  public final void rawset(int key, LuaValue value) {
    setInt(key, value);
  }

  @Override
  public final void rawset(String key, LuaValue value) {
    setStr(InternedStrings.of(key), value);
  }

  /** Sets the raw value of a string key. */
  public final void setStr(LuaString key, LuaValue value) {
    int entry = findStr(key);
    if (entry >= 0) {
      store(entry, value);
    } else if (!value.isnil()) {
      insert(key, key.hashCode(), value);
    }
  }

  /** Sets the raw value of an integer key. */
  public final void setInt(int key, LuaValue value) {
    int index = key - 1;
    if (index >= 0 && index < items.length) {
      if (image != null && items[index] != value) {
        forgetImage();
      }
      items[index] = weak == null ? value : weak.wrapValue(value);
      if (index >= border - 1 || value == NIL) {
        moveBorder(index, value.isnil());
      }
      return;
    }
    int entry = used == 0 ? -1 : findInt(key);
    if (entry >= 0) {
      store(entry, value);
    } else if (!value.isnil()) {
      insert(LuaInteger.valueOf(key), hashInt(key), value);
    }
  }

  private void moveBorder(int index, boolean removed) {
    if (removed) {
      if (index == border - 1) {
        border--;
      } else if (index < border) {
        dense = false;
      }
    } else if (index == border) {
      border++;
    } else if (index > border) {
      dense = false;
    }
  }

  private void findBorder() {
    int count = 0;
    while (count < items.length && !items[count].isnil()) {
      count++;
    }
    border = count;
    dense = true;
    for (int i = count; i < items.length && dense; i++) {
      dense = items[i].isnil();
    }
  }

  /** Stores {@code count} values from index {@code base + 1} on, sizing the array part exactly. */
  public final void setList(int base, Varargs values, int count) {
    growItems(base + count);
    for (int i = 1; i <= count; i++) {
      setInt(base + i, values.arg(i));
    }
  }

  /** Stores the results of a constructor's last call, sized as LuaJIT sizes them. */
  final void setOpenList(int base, Varargs values, int count) {
    int first = base + 1;
    growItems(leastItems(first)); // room for one result, whether there is one or not
    if (first + count > items.length + 1) {
      growItems(first + count);
    }
    for (int i = 1; i <= count; i++) {
      setInt(base + i, values.arg(i));
    }
  }

  /** Stores a constant of a constructor, growing the array part as LuaJIT's template grows. */
  final void setConstant(int key, LuaValue value) {
    if (items.length == 0) {
      growItems(key);
    }
    setInt(key, value);
  }

  final void setList(int base, LuaValue[] source, int from, int count) {
    growItems(leastItems(base + count));
    if (weak == null) {
      forgetImage();
      System.arraycopy(source, from, items, base, count);
      findBorder();
    } else {
      for (int i = 0; i < count; i++) {
        setInt(base + i + 1, source[from + i]);
      }
    }
  }

  /** The room for a constructor's list: a table that has been made for fields too has no more. */
  private int leastItems(int listed) {
    return links == NO_LINKS ? Math.max(listed, 2) : listed;
  }

  /** Removes every key, keeping the room and the metatable. */
  public final void clear() {
    forgetImage();
    Arrays.fill(items, NIL);
    border = 0;
    dense = true;
    cachedIndex = null;
    if (used > 0) {
      Arrays.fill(links, 0);
      Arrays.fill(entries, 0, 2 * used, NIL);
      used = 0;
    }
    absentTags = 0;
  }

  /** Moves the items behind a position one place down, the last of them being at {@code length}. */
  final void moveDown(int position, int length) {
    if (weak == null && length <= items.length) {
      forgetImage();
      System.arraycopy(items, position, items, position - 1, length - position);
      items[length - 1] = NIL;
      findBorder();
      return;
    }
    for (int i = position; i < length; i++) {
      setInt(i, getInt(i + 1));
    }
    setInt(length, NIL);
  }

  // ---- size

  @Override
  public final int rawlen() {
    return length();
  }

  @Override
  public final int length() {
    int high = items.length;
    if (dense && weak == null && border < high) {
      return border;
    }
    if (high > 0 && live(items[high - 1]).isnil()) {
      int low = 0;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (live(items[middle - 1]).isnil()) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return low;
    }
    return used == 0 ? high : borderBeyond(high);
  }

  private int borderBeyond(int known) {
    int low = known;
    int high = known + 1;
    while (!getInt(high).isnil()) {
      low = high;
      if (high > Integer.MAX_VALUE / 2) {
        return linearBorder();
      }
      high += high;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (getInt(middle).isnil()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private int linearBorder() {
    int i = 1;
    while (!getInt(i).isnil()) {
      i++;
    }
    return i - 1;
  }

  // ---- traversal

  /**
   * The slot that follows {@code key} (nil for the first), or -1 at the end.
   *
   * @throws org.luaj.vm2.LuaError when the table has no such key
   */
  public final int slotAfter(LuaValue key) {
    if (key.isnil()) {
      return slotFrom(0);
    }
    if (key instanceof LuaInteger integer && integer.v > 0 && integer.v <= items.length) {
      return slotFrom(integer.v);
    }
    int entry = find(key);
    if (entry < 0) {
      throw LuaErrors.bare("invalid key to 'next'");
    }
    return slotFrom(items.length + entry + 1);
  }

  /**
   * The slot that a loop goes on with after {@code key}, or -1 at the end. A key that the loop's
   * body has removed may be gone with its place when new ones came: {@code next} fails there, but a
   * loop goes on behind the place it had, as LuaJIT's loops count places. Some keys may be missed.
   */
  final int slotInLoop(LuaValue key) {
    if (key.isnil()) {
      reached = slotFrom(0);
    } else if (key instanceof LuaInteger integer && integer.v > 0 && integer.v <= items.length) {
      reached = slotFrom(integer.v);
    } else {
      int entry = find(key);
      reached = slotFrom(entry < 0 ? reached + 1 : items.length + entry + 1);
    }
    return reached;
  }

  /** The first slot at or after {@code slot} that holds a value, or -1. */
  public final int slotFrom(int slot) {
    int listed = items.length;
    int i = slot;
    for (; i < listed; i++) {
      if (!live(items[i]).isnil()) {
        return i;
      }
    }
    for (int entry = i - listed; entry < used; entry++) {
      if (!live(entries[2 * entry + 1]).isnil() && !live(entries[2 * entry]).isnil()) {
        return listed + entry;
      }
    }
    return -1;
  }

  /** The key in a slot that {@link #slotAfter} or {@link #slotFrom} gave. */
  public final LuaValue keyAt(int slot) {
    return slot < items.length
        ? LuaInteger.valueOf(slot + 1)
        : live(entries[2 * (slot - items.length)]);
  }

  /** The value in a slot that {@link #slotAfter} or {@link #slotFrom} gave. */
  public final LuaValue valueAt(int slot) {
    return live(slot < items.length ? items[slot] : entries[2 * (slot - items.length) + 1]);
  }

  /**
   * Gives each entry that is in no list of this length: of the hash part in the order of insertion,
   * then of the array part.
   */
  public final void eachBeyond(int length, BiConsumer<LuaValue, LuaValue> taker) {
    for (int entry = 0; entry < used; entry++) {
      LuaValue value = live(entries[2 * entry + 1]);
      LuaValue key = live(entries[2 * entry]);
      if (!value.isnil()
          && !key.isnil()
          && !(key instanceof LuaInteger i && i.v > 0 && i.v <= length)) {
        taker.accept(key, value);
      }
    }
    if (dense) {
      return; // what is behind the border is nil
    }
    for (int i = length; i < items.length; i++) {
      LuaValue value = live(items[i]);
      if (!value.isnil()) {
        taker.accept(LuaInteger.valueOf(i + 1), value);
      }
    }
  }

  // ---- room

  @Override
  public final void presize(int length) {
    growItems(length);
  }

  @Override
  public final void presize(int length, int fields) {
    growItems(length);
    if (fields > mask + 1 - (links == NO_LINKS ? 1 : 0)) {
      resize(items.length, fields);
    }
  }

  @Override
  protected final int getArrayLength() {
    return items.length;
  }

  @Override
  protected final int getHashLength() {
    return entries.length / 2;
  }

  // ---- what was made of it

  /** What was last made of this table; null when nothing was, or when it holds other values now. */
  public final @Nullable TableImage image() {
    TableImage kept = image;
    return kept != null && kept.isGood() ? kept : null;
  }

  final void remember(TableImage taken) {
    if (weak == null) {
      forgetImage();
      image = taken;
    }
  }

  final void forgetImage() {
    TableImage kept = image;
    if (kept != null) {
      image = null;
      kept.forgotten();
    }
  }

  // ---- weak tables

  /** How keys and values are held from now on; null for firmly. */
  final void holdBy(@Nullable WeakMode mode) {
    if (mode == weak) {
      return;
    }
    for (int i = 0; i < items.length; i++) {
      LuaValue value = live(items[i]);
      items[i] = mode == null ? value : mode.wrapValue(value);
    }
    for (int i = 0; i < used; i++) {
      LuaValue key = live(entries[2 * i]);
      LuaValue value = key.isnil() ? NIL : live(entries[2 * i + 1]);
      entries[2 * i] = mode == null ? key : mode.wrapKey(key);
      entries[2 * i + 1] = mode == null ? value : mode.wrapValue(value);
    }
    weak = mode;
    dense = false;
  }

  @Override
  public final boolean useWeakKeys() {
    return weak != null && weak.weakKeys();
  }

  @Override
  public final boolean useWeakValues() {
    return weak != null && weak.weakValues();
  }

  // ---- the hash part

  private int find(LuaValue key) {
    if (key instanceof LuaInteger integer) {
      return findInt(integer.v);
    }
    int hash = hash(key);
    int capacity = mask + 1;
    int entry = links[hash & mask] - 1;
    while (entry >= 0) {
      if (links[capacity + 2 * entry] == hash && same(live(entries[2 * entry]), key)) {
        return entry;
      }
      entry = links[capacity + 2 * entry + 1] - 1;
    }
    return -1;
  }

  private int findInt(int key) {
    int hash = hashInt(key);
    int capacity = mask + 1;
    int entry = links[hash & mask] - 1;
    while (entry >= 0) {
      if (links[capacity + 2 * entry] == hash
          && entries[2 * entry] instanceof LuaInteger i
          && i.v == key) {
        return entry;
      }
      entry = links[capacity + 2 * entry + 1] - 1;
    }
    return -1;
  }

  private static boolean same(LuaValue a, LuaValue b) {
    if (a == b) {
      return true;
    }
    if (a instanceof LuaString s) {
      return b instanceof LuaString t && s.raweq(t);
    }
    return a instanceof LuaDouble d && b instanceof LuaDouble e && d.todouble() == e.todouble();
  }

  private static int hash(LuaValue key) {
    if (key instanceof LuaString || key instanceof LuaDouble) {
      return key.hashCode();
    }
    if (key instanceof LuaInteger integer) {
      return hashInt(integer.v);
    }
    int hash = System.identityHashCode(key);
    return hash ^ (hash >>> 15);
  }

  private static int hashInt(int key) {
    return key ^ (key >>> 16);
  }

  private LuaValue live(LuaValue value) {
    return weak == null ? value : WeakMode.unwrap(value);
  }

  private void store(int entry, LuaValue value) {
    absentTags = 0;
    cachedIndex = null;
    if (image != null && entries[2 * entry + 1] != value) {
      forgetImage();
    }
    entries[2 * entry + 1] = weak == null ? value : weak.wrapValue(value);
  }

  private void setEntry(LuaValue key, LuaValue value) {
    int entry = find(key);
    if (entry >= 0) {
      store(entry, value);
    } else if (!value.isnil()) {
      insert(key, hash(key), value);
    }
  }

  private void insert(LuaValue key, int hash, LuaValue value) {
    absentTags = 0;
    cachedIndex = null;
    if (2 * used == entries.length) {
      rehash(key);
      rawset(key, value);
      return;
    }
    append(key, hash, value);
  }

  private void append(LuaValue key, int hash, LuaValue value) {
    forgetImage();
    int entry = used++;
    entries[2 * entry] = weak == null ? key : weak.wrapKey(key);
    entries[2 * entry + 1] = weak == null ? value : weak.wrapValue(value);
    link(entry, hash, mask + 1);
  }

  private void rehash(LuaValue extraKey) {
    if (items.length == 0 && !(extraKey instanceof LuaInteger) && hasOnlyFields()) {
      growFields(used + 1);
      return;
    }
    int[] bins = new int[MAX_ARRAY_BITS];
    int total = 1;
    int integers = countItems(bins);
    total += integers;
    for (int i = 0; i < used; i++) {
      if (!live(entries[2 * i + 1]).isnil() && !live(entries[2 * i]).isnil()) {
        total++;
        integers += countInteger(entries[2 * i], bins);
      }
    }
    integers += countInteger(extraKey, bins);
    int listed = 0;
    int best = 0;
    int sum = 0;
    for (int bit = 0; bit < bins.length && 2L * integers > (1L << bit) && sum != integers; bit++) {
      if (bins[bit] > 0) {
        sum += bins[bit];
        if (2L * sum > (1L << bit)) {
          best = 2 << bit;
          listed = sum;
        }
      }
    }
    resize(best, total - listed);
  }

  /** Whether each entry is in use and none belongs into the array part. */
  private boolean hasOnlyFields() {
    for (int i = 0; i < 2 * used; i += 2) {
      if (entries[i] instanceof LuaInteger || entries[i + 1] == NIL) {
        return false;
      }
    }
    return weak == null;
  }

  /** Makes room for more fields where there are no others and none is to be dropped. */
  private void growFields(int fields) {
    LuaVm.checkTableSize(0, fields);
    int hashes = links == NO_LINKS ? 0 : mask + 1;
    int[] oldLinks = links;
    int capacity = ceilPower(fields);
    mask = capacity - 1;
    links = new int[3 * capacity];
    entries = Arrays.copyOf(entries, 2 * capacity);
    Arrays.fill(entries, 2 * used, 2 * capacity, NIL);
    for (int i = 0; i < used; i++) {
      link(i, oldLinks[hashes + 2 * i], capacity);
    }
  }

  private void link(int entry, int hash, int capacity) {
    links[capacity + 2 * entry] = hash;
    links[capacity + 2 * entry + 1] = links[hash & mask];
    links[hash & mask] = entry + 1;
  }

  private int countItems(int[] bins) {
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (!live(items[i]).isnil()) {
        bins[bin(i + 1)]++;
        count++;
      }
    }
    return count;
  }

  private static int countInteger(LuaValue key, int[] bins) {
    if (key instanceof LuaInteger i && i.v > 0 && i.v <= 1 << MAX_ARRAY_BITS) {
      bins[bin(i.v)]++;
      return 1;
    }
    return 0;
  }

  private static int bin(int key) {
    return key > 2 ? 31 - Integer.numberOfLeadingZeros(key - 1) : 0;
  }

  private void growItems(int length) {
    if (length > items.length) {
      resize(length, used);
    }
  }

  private void resize(int length, int fields) {
    LuaVm.checkTableSize(length, fields);
    LuaValue[] oldItems = items;
    LuaValue[] oldEntries = entries;
    int oldUsed = used;
    int kept = Math.min(length, oldItems.length);
    if (length != oldItems.length) {
      items = Arrays.copyOf(oldItems, length);
      if (length > kept) {
        Arrays.fill(items, kept, length, NIL);
      }
    }
    findBorder();
    int capacity = fields == 0 ? 0 : ceilPower(fields);
    mask = capacity == 0 ? 0 : capacity - 1;
    links = capacity == 0 ? NO_LINKS : new int[3 * capacity];
    entries = capacity == 0 ? NOVALS : new LuaValue[2 * capacity];
    if (capacity > 0) {
      Arrays.fill(entries, NIL);
    }
    used = 0;
    for (int i = kept; i < oldItems.length; i++) {
      reinsert(LuaInteger.valueOf(i + 1), live(oldItems[i]));
    }
    for (int i = 0; i < oldUsed; i++) {
      reinsert(live(oldEntries[2 * i]), live(oldEntries[2 * i + 1]));
    }
  }

  private void reinsert(LuaValue key, LuaValue value) {
    if (value.isnil() || key.isnil()) {
      return;
    }
    if (key instanceof LuaInteger i && i.v > 0 && i.v <= items.length) {
      setInt(i.v, value);
    } else {
      append(key, hash(key), value);
    }
  }

  private static int ceilPower(int n) {
    return n <= 2 ? 2 : Integer.highestOneBit(n - 1) << 1;
  }
}
